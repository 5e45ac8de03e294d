import { writeAtomic } from '@mdctr/base';
import { editorSchema, loadConfig } from '@mdctr/config';
import { openRegistry, studySchema, trialSchema, type ConfigKind } from '@mdctr/study';
import { builtinPackages } from '../../builtins.js';

export interface SchemaFlags {
  readonly kind: ConfigKind;
  readonly config?: string;
  readonly out?: string;
}

export async function schema({ kind, config, out }: SchemaFlags): Promise<void> {
  const registry = await openRegistry(builtinPackages(), config === undefined ? undefined : loadConfig(config));
  const schema = editorSchema(kind === 'trial' ? trialSchema(registry) : studySchema(registry));
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeAtomic(out, text);
  process.stdout.write(`Written: ${out}\n`);
}
