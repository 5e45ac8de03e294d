import { Command, Option } from 'commander';
import { jsonOption, setOption } from '../options.js';
import type { DescribeFlags } from './describe/describe.js';
import type { GetDataOptions } from './get.js';
import type { RecipeOptions } from './recipe.js';
import type { SyntheticDataOptions } from './synthetic.js';

/** `mdctr data ...`: what concerns data alone. */
export function dataCommand(): Command {
  return new Command('data')
    .summary('look at data files, get public data sets')
    .description('Commands on data: files of your own, and recipes of public data sets.')
    .addCommand(describe())
    .addCommand(list())
    .addCommand(show())
    .addCommand(get())
    .addCommand(recipe())
    .addCommand(synthetic());
}

function list(): Command {
  return new Command('list')
    .exitOverride()
    .summary('list the public data sets that there is a recipe for')
    .description('Lists public multi-domain data sets: rows, domains, size, licence, and where they come from.')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => (await import('./list.js')).listData(options));
}

function show(): Command {
  return new Command('show')
    .exitOverride()
    .summary('say what a public data set is, and what to know of its recipe')
    .description('Shows licence, citation, files, and what the recipe does and leaves out.')
    .argument('<name>', 'data set, as in `mdctr data list`')
    .action(async (name: string) => (await import('./list.js')).showData(name));
}

function get(): Command {
  return new Command('get')
    .exitOverride()
    .summary('download a public data set, and write a study for it')
    .description(
      'Downloads from the official address (a download that was cut off goes on where it was), checks the checksum, unpacks, and writes study.json beside the files.',
    )
    .argument('<name>', 'data set, as in `mdctr data list`')
    .option('--out <folder>', 'folder of the data set (default: data/NAME in the working directory)')
    .option('--from <path>', 'archive, file or folder of this machine, instead of a download')
    .addOption(jsonOption())
    .action(async (name: string, options: GetDataOptions) => (await import('./get.js')).getData(name, options));
}

function recipe(): Command {
  return new Command('recipe')
    .exitOverride()
    .summary('write a config for a public data set')
    .description(
      'Writes a config that runs with `--data FOLDER`, the folder that the data set lies in: how its files are read, and a few methods to compare.',
    )
    .argument('<name>', 'data set, as in `mdctr data list`')
    .addOption(new Option('--kind <kind>', 'which config').choices(['study', 'trial']).default('study'))
    .option('--out <file>', 'file to write (default: stdout)')
    .action(async (name: string, options: RecipeOptions) => (await import('./recipe.js')).writeRecipe(name, options));
}

function describe(): Command {
  return new Command('describe')
    .exitOverride()
    .summary('say what files hold, and propose a config')
    .description(
      'Shows every column with its kind, number of values, share of missing cells and how well it predicts the label alone, and proposes label, domain, split and what to leave out, with reasons. With --out, encodings and options are tried out on the validation rows, and a config is written that `mdctr train` runs as it is.',
    )
    .argument('<files...>', 'CSV, TSV, Parquet or JSON Lines files, or patterns')
    .option('--label <column>', 'column of the outcome (default: guessed)')
    .option('--domain <column...>', 'column, or columns, of the domain (default: guessed)')
    .option('--format <format>', 'format of the files, where their endings do not tell it, e.g. parquet')
    .option('--out <file>', 'trial config to write (JSON)')
    .option('--no-check', 'write what the columns suggest, without trying encodings and options out')
    .addOption(jsonOption())
    .action(async (files: string[], options: DescribeFlags, command: Command) => {
      await requireFormat(command, options.format);
      await (await import('./describe/describe.js')).describe(files, options);
    });
}

/** Wrong usage, as for any option with choices; what the choices are is known once the data package is loaded. */
async function requireFormat(command: Command, format: string | undefined): Promise<void> {
  const { FORMAT_NAMES } = await import('@mdctr/data');
  if (format === undefined || FORMAT_NAMES.some((name) => name === format)) return;
  const choices = FORMAT_NAMES.join(', ');
  command.error(`error: option '--format <format>' argument '${format}' is invalid. Allowed choices are ${choices}.`, {
    code: 'commander.invalidArgument',
  });
}

function synthetic(): Command {
  return new Command('synthetic')
    .exitOverride()
    .summary('write synthetic rows into a file, for other programs')
    .description(
      'Writes the rows that a config with a synthetic source trains on: domain, fields, click, and with --probability the true click probability. The options are those of data.source, e.g. --set rows=100000 --set specific.baseRate=0.',
    )
    .requiredOption('--out <file>', 'file to write: .csv, .tsv (also with .gz), .parquet or .jsonl')
    .option('--config <file>', 'take the source of this config')
    .addOption(setOption())
    .option('--probability', 'add the true click probability of each row as the last column')
    .addOption(jsonOption())
    .action(async (options: SyntheticDataOptions) => (await import('./synthetic.js')).syntheticData(options));
}
