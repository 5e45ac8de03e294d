import { Command, Option } from 'commander';
import type { SchemaFlags } from './run.js';

export function schemaCommand(): Command {
  return new Command('schema')
    .summary('write the JSON Schema of configs, for editors')
    .description(
      'Writes the JSON Schema of what is installed. Name the file in a config under "$schema", and an editor completes and checks names and options.',
    )
    .addOption(new Option('--kind <kind>', 'which config').choices(['trial', 'study']).default('trial'))
    .option('--config <file>', 'also include the packages that this config names')
    .option('--out <file>', 'file to write (default: stdout)')
    .action(async (options: SchemaFlags) => (await import('./run.js')).schema(options));
}
