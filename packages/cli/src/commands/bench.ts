import { Command } from 'commander';
import { dataOption, jsonLinesOption, noCacheOption, setOption, tensorBoardOption } from './options.js';
import type { BenchOptions } from '../actions/bench.js';

export function benchCommand(): Command {
  return new Command('bench')
    .summary('compare methods on backbones, end with a table and a report')
    .description('Trains every backbone with every method and every seed of a study, and prints one table.')
    .argument('<study>', 'study config, JSON or YAML')
    .addOption(dataOption())
    .addOption(setOption())
    .option(
      '--out <folder>',
      'where results.json, table.md, table.tex and report.html go (default: results/NAME in the working directory)',
    )
    .addOption(tensorBoardOption())
    .addOption(noCacheOption())
    .addOption(jsonLinesOption())
    .action(async (study: string, options: BenchOptions) =>
      (await import('../actions/bench.js')).bench(study, options),
    );
}
