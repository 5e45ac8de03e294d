import { dirname, resolve } from 'node:path';
import { loadConfig } from '@mdctr/core';
import { openRegistry } from '@mdctr/study';
import { Command } from 'commander';
import { builtinPackages } from '../builtins.js';
import { jsonOption } from './options.js';

interface Options {
  readonly config?: string;
  readonly json?: true;
}

export function listCommand(): Command {
  return new Command('list')
    .summary('list backbones and plugins with their options')
    .description('Lists the backbones and plugins that a config can name, with their options and defaults.')
    .option('--config <file>', 'also load the packages that this config names')
    .addOption(jsonOption())
    .action(run);
}

async function run({ config, json }: Options): Promise<void> {
  const document = config === undefined ? undefined : loadConfig(config);
  const registry = await openRegistry(builtinPackages(), document);
  const units = registry.list();
  if (json) {
    const facts = units.map(({ kind, name, packageName, source, description, options }) => ({
      kind,
      name,
      packageName,
      source,
      description,
      options,
    }));
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return;
  }
  for (const { kind, name, packageName, source, description, options } of units) {
    process.stdout.write(
      `${kind} ${name}  (${[where(packageName, document?.file), source].filter(Boolean).join(', ')})\n`,
    );
    if (description) process.stdout.write(`  ${description}\n`);
    for (const [option, schema] of Object.entries(options.properties ?? {})) {
      const value = schema.default === undefined ? '' : ` = ${JSON.stringify(schema.default)}`;
      process.stdout.write(`    ${option}${value}  ${schema.description ?? ''}\n`);
    }
    process.stdout.write('\n');
  }
}

/** A local file's full path tells where to look. */
function where(packageName: string, config: string | undefined): string {
  return packageName.startsWith('.') && config ? resolve(dirname(config), packageName) : packageName;
}
