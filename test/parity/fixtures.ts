import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FeatureSchema, HostBatch, UnitConfig } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { readSafetensors, type NamedArray } from '@mdctr/tensor';
import type { TrainingOptions } from '@mdctr/training';

/** One case of generate.py: what was configured, and what PyTorch computed. */
export interface ParityCase {
  readonly name: string;
  /** Name of the data, a key of `data.json`. */
  readonly data: string;
  readonly backbone: UnitConfig;
  readonly plugins: readonly UnitConfig[];
  readonly progress: number;
  readonly optimizer: TrainingOptions['optimizer'];
  /** Of the five training steps. */
  readonly losses: readonly number[];
  readonly dim: number;
  /** Tensors by `PART/PATH`, with the parts start, gradient, end, startState, endState, compared, logits. */
  readonly tensors: ReadonlyMap<string, NamedArray>;
}

interface Rows {
  readonly ids: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly domains: readonly number[];
}
interface Data {
  readonly sizes: readonly number[];
  readonly domainFields: readonly number[];
  readonly domains: number;
  readonly training: readonly Rows[];
  readonly evaluation: Rows;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
const data = read('data.json') as Readonly<Record<string, Data>>;

/** The cases of a group, as generate.py left them. */
export async function casesOf(group: string): Promise<{ torch: string; cases: readonly ParityCase[] }> {
  const { torch, dim, cases } = read(`${group}.json`) as { torch: string; dim: number; cases: ParityCase[] };
  const tensors = await readSafetensors(fileURLToPath(new URL(`fixtures/${group}.safetensors`, import.meta.url)));
  const own = (index: number): Map<string, NamedArray> =>
    new Map(
      [...tensors].flatMap(([name, tensor]) => {
        const [place, ...path] = name.split('/');
        return Number(place) === index ? [[path.join('/'), tensor] as const] : [];
      }),
    );
  return { torch, cases: cases.map((fixture, i) => ({ ...fixture, dim, tensors: own(i) })) };
}

/** The tensors of one part of a case, by path. */
export function partOf({ tensors }: ParityCase, part: string): Map<string, Float32Array> {
  const prefix = `${part}/`;
  return new Map(
    [...tensors].flatMap(([name, { values }]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), values] as const] : [],
    ),
  );
}

export function schemaOf({ data: name }: ParityCase): FeatureSchema {
  const { sizes, domainFields, domains } = data[name]!;
  return {
    fields: sizes.map((size, i) => ({ name: `f${i}`, size, offset: sizes.slice(0, i).reduce((a, b) => a + b, 0) })),
    domainFields: domainFields.map((field) => `f${field}`),
    domains: Array.from({ length: domains + 1 }, (_, d) => (d === 0 ? '(unseen)' : `d${d}`)),
  };
}

/** The five training batches, and the evaluation batch. */
export async function batchesOf(
  fixture: ParityCase,
): Promise<{ training: readonly HostBatch[]; evaluation: HostBatch }> {
  const { training, evaluation } = data[fixture.data]!;
  const schema = schemaOf(fixture);
  const all = await Promise.all([...training, evaluation].map((rows) => batchOf(schema, rows)));
  return { training: all.slice(0, -1), evaluation: all[all.length - 1]! };
}

async function batchOf(schema: FeatureSchema, { ids, labels, domains }: Rows): Promise<HostBatch> {
  const encoded = {
    schema,
    rows: labels.length,
    ids: Int32Array.from(ids.flat()),
    labels: Float32Array.from(labels),
    domains: Int32Array.from(domains),
    splits: { train: Int32Array.from(labels, (_, row) => row), validation: new Int32Array(), test: new Int32Array() },
    featureMap: { schema, fields: [], vocabularies: [], label: 'click' },
  };
  for await (const batch of openBatches(encoded).batches('train', { batchSize: labels.length })) return batch;
  throw new Error('no rows');
}
