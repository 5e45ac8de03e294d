import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import {
  dataOption,
  datasetOption,
  jsonLinesOption,
  noCacheOption,
  positiveNumber,
  setOption,
  tensorBoardOption,
  wholeNumber,
} from '../options.js';
import type { BenchFlags } from './run.js';

/** examples/quickstart/study.json of the repository; the build copies it beside the compiled command. */
const QUICKSTART = fileURLToPath(new URL('../../quickstart/study.json', import.meta.url));

export function benchCommand(): Command {
  return new Command('bench')
    .summary('compare methods on backbones, end with a table and a report')
    .description(
      'Trains every backbone with every method and every seed of a study, and prints one table. Run again after it was broken off, it goes on.',
    )
    .argument('[study]', 'study config, JSON or YAML; without one the quickstart study, on synthetic data')
    .addOption(dataOption())
    .addOption(datasetOption())
    .addOption(setOption())
    .option(
      '--out <folder>',
      'where results.json, table.md, table.tex and report.html go, and all that is needed to go on (default: results/NAME in the working directory)',
    )
    .addOption(new Option('--plan', 'print the plan with the time it will take, and end').conflicts('retryFailed'))
    .addOption(
      new Option('--parallel <n>', 'trials side by side, each in a process with its share of the threads')
        .argParser(wholeNumber)
        .default(1, '1: step times are then undisturbed'),
    )
    .addOption(
      new Option(
        '--threads <n>',
        "threads of each trial (default: the processor's by --parallel; a study that goes on keeps its number)",
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option(
        '--trial-minutes <n>',
        'end a trial after so many minutes (default: training.limits.minutes)',
      ).argParser(positiveNumber),
    )
    .addOption(
      new Option(
        '--trial-memory <GiB>',
        'end a trial whose process has more memory (default: training.limits.memoryGiB)',
      ).argParser(positiveNumber),
    )
    .option('--retry-failed', 'run trials again that failed before')
    .option('--fresh', 'begin anew: remove what a study wrote into the folder')
    .option(
      '--python <path>',
      'Python for baselines that take one, with lightgbm and numpy (default: MDCTR_PYTHON, else python3 of the path)',
    )
    .addOption(tensorBoardOption())
    .addOption(noCacheOption())
    .addOption(jsonLinesOption())
    .action(async (study: string | undefined, options: BenchFlags) =>
      (await import('./run.js')).bench(study ?? QUICKSTART, options),
    );
}
