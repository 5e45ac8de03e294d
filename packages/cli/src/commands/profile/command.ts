import { Command, Option } from 'commander';
import { dataOption, datasetOption, jsonOption, noCacheOption, setOption, wholeNumber } from '../options.js';
import type { ProfileFlags } from './run.js';

export function profileCommand(): Command {
  return new Command('profile')
    .summary('show where the time of a training step goes')
    .description(
      "Times training steps of a trial's model, of its plain backbone, and of that with each plugin alone, in turns on the same batches; then shows where a step's time goes, by site and by op. No artifact is written.",
    )
    .argument('<trial>', 'trial config, JSON or YAML')
    .addOption(datasetOption())
    .addOption(dataOption())
    .addOption(
      new Option('--steps <n>', 'measured steps of each model, after some that warm up')
        .argParser(wholeNumber)
        .default(30),
    )
    .addOption(new Option('--top <n>', 'how many ops to list, the longest first').argParser(wholeNumber).default(12))
    .addOption(setOption())
    .addOption(noCacheOption())
    .addOption(jsonOption())
    .action(async (trial: string, options: ProfileFlags) => (await import('./run.js')).profile(trial, options));
}
