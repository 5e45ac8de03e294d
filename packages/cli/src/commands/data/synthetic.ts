import { MdctrError } from '@mdctr/base';
import { loadConfig, overridesAlone, validateConfig } from '@mdctr/config';
import { closedSchema, type JsonSchema } from '@mdctr/core';
import { SyntheticSource, writeSynthetic, type SyntheticOptions } from '@mdctr/data';
import { Progress } from '../../terminal/progress.js';

export interface SyntheticDataOptions {
  readonly out: string;
  readonly config?: string;
  /** Relative to `data.source`. */
  readonly set: string[];
  readonly probability?: true;
  readonly json?: true;
}

export async function syntheticData({ out, config, set, probability, json }: SyntheticDataOptions): Promise<void> {
  const progress = new Progress(!json);
  const source = sourceOf(config, set);
  progress.show('drawing rows');
  await writeSynthetic(source, out, { probability: probability === true });
  const facts = { out, rows: source.rows, domains: source.domains, seed: source.seed };
  if (json) process.stdout.write(`${JSON.stringify(facts)}\n`);
  else
    process.stdout.write(`${facts.rows} rows of up to ${facts.domains} domains, seed ${facts.seed}. Written: ${out}\n`);
}

/** The options with every default filled in. */
function sourceOf(config: string | undefined, set: readonly string[]): SyntheticOptions {
  const place = config === undefined ? [] : ['data', 'source'];
  const overrides = set.map((override) => [...place, override].join('.'));
  const document = config === undefined ? overridesAlone(overrides) : loadConfig(config, { set: overrides });
  const schema = closedSchema(SyntheticSource);
  const { kind: tag, ...properties } = schema.properties!;
  if (config === undefined) return validateConfig(document, { ...schema, properties, required: [] });
  const { data } = document.value() as { data?: { source?: { kind?: unknown } } };
  if (data?.source?.kind !== tag!.const) {
    throw new MdctrError('MDCTR_CONFIG_VALUE', {
      what: 'The source of this config is not synthetic.',
      at: document.locate(['data', 'source', 'kind']),
      path: 'data.source.kind',
      expected: '"synthetic"',
      found: JSON.stringify(data?.source?.kind ?? null),
      hint: 'Name another config, or none.',
    });
  }
  const object = (inside: Record<string, JsonSchema>): JsonSchema => ({ type: 'object', properties: inside });
  const validated = validateConfig<{ data: { source: SyntheticOptions } }>(
    document,
    object({ data: object({ source: schema }) }),
  );
  return validated.data.source;
}
