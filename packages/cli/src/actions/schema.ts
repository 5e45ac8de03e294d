import { editorSchema, loadConfig, studySchema, trialSchema, writeWhole } from '@mdctr/core';
import { configSections, openRegistry } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';

export interface SchemaOptions {
  readonly kind: 'trial' | 'study';
  readonly config?: string;
  readonly out?: string;
}

export async function schema({ kind, config, out }: SchemaOptions): Promise<void> {
  const registry = await openRegistry(builtinPackages(), config === undefined ? undefined : loadConfig(config));
  const sections = configSections(registry);
  const schema = editorSchema(kind === 'trial' ? trialSchema(sections) : studySchema(sections));
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeWhole(out, text);
  process.stdout.write(`Written: ${out}\n`);
}
