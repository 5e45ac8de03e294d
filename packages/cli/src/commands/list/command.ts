import { Argument, Command } from 'commander';
import { jsonOption } from '../options.js';
import type { ListFlags } from './run.js';

export function listCommand(): Command {
  return new Command('list')
    .summary('list backbones and plugins, where each comes from, and its options')
    .description(
      'Lists the backbones and plugins that a config can name: package and version, what named it, the method’s source.',
    )
    .addArgument(new Argument('[what]', '"backbones", "plugins", or the name of one, which is shown with its options'))
    .option('--config <file>', 'also load the packages that this trial or study names')
    .option('--options', 'show the options and defaults of all')
    .addOption(jsonOption())
    .action(async (what: string | undefined, options: ListFlags) => (await import('./run.js')).list(what, options));
}
