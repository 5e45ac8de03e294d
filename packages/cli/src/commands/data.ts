import { Command, Option } from 'commander';
import { jsonOption } from './options.js';
import type { DescribeOptions } from '../actions/data-describe.js';

/** `mdctr data ...`: what concerns data alone. */
export function dataCommand(): Command {
  return new Command('data')
    .summary('look at data files')
    .description('Commands on data files.')
    .addCommand(describe());
}

function describe(): Command {
  return new Command('describe')
    .exitOverride()
    .summary('say what files hold, and propose a config')
    .description(
      'Shows every column with its kind, number of values, share of missing cells and how well it predicts the label alone, and proposes label, domain, split and what to leave out, with reasons. With --out, a config is written that `mdctr train` runs as it is.',
    )
    .argument('<files...>', 'CSV, TSV, Parquet or JSON Lines files, or patterns')
    .option('--label <column>', 'column of the outcome (default: guessed)')
    .option('--domain <column...>', 'column, or columns, of the domain (default: guessed)')
    .addOption(
      new Option('--format <format>', 'format of the files, where their endings do not tell it').choices([
        'csv',
        'tsv',
        'parquet',
        'jsonl',
      ]),
    )
    .option('--out <file>', 'trial config to write (JSON)')
    .addOption(jsonOption())
    .action(async (files: string[], options: DescribeOptions) =>
      (await import('../actions/data-describe.js')).describe(files, options),
    );
}
