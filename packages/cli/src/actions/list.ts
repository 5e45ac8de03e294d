import { dirname, resolve } from 'node:path';
import { loadConfig, type JsonSchema, type UnitKind } from '@mdctr/core';
import { openRegistry } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';

export interface ListOptions {
  readonly config?: string;
  readonly json?: true;
}

/** `kind` is what the user typed: all units without it. */
export async function list(kind: 'backbones' | 'plugins' | undefined, { config, json }: ListOptions): Promise<void> {
  const document = config === undefined ? undefined : loadConfig(config);
  const registry = await openRegistry(builtinPackages(), document);
  const units = registry.list(kind?.slice(0, -1) as UnitKind | undefined);
  if (json) {
    const facts = units.map(({ kind: unitKind, name, packageName, source, description, options }) => ({
      kind: unitKind,
      name,
      packageName,
      source,
      description,
      options,
    }));
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return;
  }
  for (const unit of units) {
    const origin = [where(unit.packageName, document?.file), unit.source].filter(Boolean).join(', ');
    process.stdout.write(`${unit.kind} ${unit.name}  (${origin})\n`);
    if (unit.description) process.stdout.write(`  ${unit.description}\n`);
    const options = optionLines(unit.options);
    const width = Math.max(0, ...options.map(({ assignment }) => assignment.length));
    for (const { assignment, text } of options) process.stdout.write(`    ${assignment.padEnd(width)}  ${text}\n`);
    process.stdout.write('\n');
  }
}

/** `name = default` and the meaning of each option; options inside an object by path. */
function optionLines(schema: JsonSchema, path = ''): { assignment: string; text: string }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const name = path + key;
    if (option.properties) return optionLines(option, `${name}.`);
    const value = option.default === undefined ? '' : ` = ${JSON.stringify(option.default)}`;
    const choices = option.enum ? ` [${option.enum.join(', ')}]` : '';
    return [{ assignment: name + value, text: `${option.description ?? ''}${choices}` }];
  });
}

/** A local file's full path tells where to look. */
function where(packageName: string, config: string | undefined): string {
  return packageName.startsWith('.') && config ? resolve(dirname(config), packageName) : packageName;
}
