import { Argument, Command } from 'commander';
import { jsonOption } from './options.js';
import type { ListOptions } from '../actions/list.js';

export function listCommand(): Command {
  return new Command('list')
    .summary('list backbones and plugins with their options')
    .description('Lists the backbones and plugins that a config can name, with their options and defaults.')
    .addArgument(new Argument('[kind]', 'only these').choices(['backbones', 'plugins']))
    .option('--config <file>', 'also load the packages that this config names')
    .addOption(jsonOption())
    .action(async (kind: 'backbones' | 'plugins' | undefined, options: ListOptions) =>
      (await import('../actions/list.js')).list(kind, options),
    );
}
