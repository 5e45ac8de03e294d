import { rename, writeFile } from 'node:fs/promises';
import { editorSchema, loadConfig, studySchema, trialSchema } from '@mdctr/core';
import { configSections, openRegistry } from '@mdctr/study';
import { Command, Option } from 'commander';
import { builtinPackages } from '../builtins.js';

interface Options {
  readonly kind: 'trial' | 'study';
  readonly config?: string;
  readonly out?: string;
}

export function schemaCommand(): Command {
  return new Command('schema')
    .summary('write the JSON Schema of configs, for editors')
    .description(
      'Writes the JSON Schema of what is installed. Name the file in a config under "$schema", and an editor completes and checks names and options.',
    )
    .addOption(new Option('--kind <kind>', 'which config').choices(['trial', 'study']).default('trial'))
    .option('--config <file>', 'also include the packages that this config names')
    .option('--out <file>', 'file to write (default: stdout)')
    .action(run);
}

async function run({ kind, config, out }: Options): Promise<void> {
  const registry = await openRegistry(builtinPackages(), config === undefined ? undefined : loadConfig(config));
  const sections = configSections(registry);
  const schema = editorSchema(kind === 'trial' ? trialSchema(sections) : studySchema(sections));
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(`${out}.tmp`, text);
  await rename(`${out}.tmp`, out);
  process.stdout.write(`Written: ${out}\n`);
}
