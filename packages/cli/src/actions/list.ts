import { dirname, resolve } from 'node:path';
import { loadConfig } from '@mdctr/core';
import { openRegistry } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';

export interface ListOptions {
  readonly config?: string;
  readonly json?: true;
}

export async function list({ config, json }: ListOptions): Promise<void> {
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
