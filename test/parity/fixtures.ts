import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FeatureSchema, HostBatch, Pooling, UnitConfig } from '@mdctr/core';
import { openBatches, type BagTable, type EncodedData } from '@mdctr/data';
import { readSafetensors, type NamedArray } from '@mdctr/tensor';

/** What generate.py says of a case: the units with their options, and the loss of each step. */
interface Description {
  readonly name: string;
  readonly data: string;
  readonly backbone: UnitConfig;
  readonly plugins: readonly UnitConfig[];
  readonly step: number;
  readonly optimizer: {
    readonly kind: 'adam' | 'adagrad' | 'sgd';
    readonly learningRate: number;
    /** Decoupled, of all but biases and norms. */
    readonly weightDecay?: number;
    /** What the learning rate of each step is multiplied by. */
    readonly factors?: readonly number[];
  } & Readonly<Record<string, unknown>>;
  readonly losses: readonly number[];
}

/** A case with its tensors. */
export interface Fixture extends Description {
  readonly dim: number;
  /** By parameter path: values before, first gradient, values after. */
  readonly trained: ReadonlyMap<string, Trained>;
  /** By path: moving statistics before and after. */
  readonly states: ReadonlyMap<string, { readonly start: Float32Array; readonly end: Float32Array }>;
  /** Of the first training batch at the start, and of the evaluation batch at the end. */
  readonly logits: { readonly training: Float32Array; readonly evaluation: Float32Array };
}

interface Trained {
  readonly start: Float32Array;
  readonly gradient: Float32Array;
  readonly end: Float32Array;
}

interface Rows {
  readonly ids: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly domains: readonly number[];
  /** By pooled field: for each row a list of ids, or a number, or null for none. */
  readonly values?: Readonly<Record<string, readonly (readonly number[] | number | null)[]>>;
}

interface Data {
  readonly sizes: readonly number[];
  readonly domainFields: readonly number[];
  readonly domains: number;
  readonly poolings?: Readonly<Record<string, Pooling>>;
  readonly training: readonly Rows[];
  readonly evaluation: Rows;
}

const json = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

const dataSets = json('data') as Record<string, Data>;

/** The cases of a group (a method's name, `backbones` or `optimizers`). */
export async function readFixtures(group: string): Promise<Fixture[]> {
  const { dim, cases } = json(group) as { dim: number; cases: Description[] };
  const arrays = await readSafetensors(fileURLToPath(new URL(`./fixtures/${group}.safetensors`, import.meta.url)));
  return cases.map((description, i) => {
    const below = (part: string): [string, NamedArray][] =>
      [...arrays].flatMap(([name, array]) => {
        const prefix = `${i}/${part}/`;
        return name.startsWith(prefix) ? [[name.slice(prefix.length), array] as [string, NamedArray]] : [];
      });
    const trained = below('trained').map(([path, array]) => {
      const [start, gradient, end] = slices(array) as [Float32Array, Float32Array, Float32Array];
      return [path, { start, gradient, end }] as [string, Trained];
    });
    const states = below('state').map(([path, array]) => {
      const [start, end] = slices(array) as [Float32Array, Float32Array];
      return [path, { start, end }] as const;
    });
    const logits = Object.fromEntries(below('logits').map(([pass, { values }]) => [pass, values]));
    return {
      ...description,
      dim,
      trained: new Map(trained),
      states: new Map(states),
      logits: logits as unknown as Fixture['logits'],
    };
  });
}

/** An array cut along its first axis. */
function slices({ shape, values }: NamedArray): Float32Array[] {
  const size = values.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, i) => values.subarray(i * size, (i + 1) * size));
}

export function schemaOf(dataSet: string): FeatureSchema {
  const { sizes, domainFields, domains, poolings } = dataSets[dataSet]!;
  const offset = (field: number): number => sizes.slice(0, field).reduce((a, b) => a + b, 0);
  return {
    fields: sizes.map((size, field) => ({
      name: `f${field}`,
      size,
      offset: offset(field),
      ...(poolings?.[field] && { pooling: poolings[field] }),
    })),
    domainFields: domainFields.map((field) => `f${field}`),
    domains: Array.from({ length: domains + 1 }, (_, d) => (d === 0 ? '(unseen)' : `d${d}`)),
  };
}

/** The training batches and the evaluation batch, through the batch source that training uses. */
export async function batchesOf(dataSet: string): Promise<{ training: HostBatch[]; evaluation: HostBatch }> {
  const { training, evaluation } = dataSets[dataSet]!;
  return {
    training: await Promise.all(training.map((rows) => batchOf(dataSet, rows))),
    evaluation: await batchOf(dataSet, evaluation),
  };
}

async function batchOf(dataSet: string, { ids, labels, domains, values }: Rows): Promise<HostBatch> {
  const schema = schemaOf(dataSet);
  const none = new Int32Array();
  const data: EncodedData = {
    schema,
    rows: labels.length,
    // Each row has a bag of its own; bag 0 is that of no value.
    ids: Int32Array.from(ids.flatMap((row, i) => row.map((id, f) => (values?.[f] ? i + 1 : id)))),
    ...(values && { bags: schema.fields.map((_, f) => values[f] && bagsOf(values[f])) }),
    labels: Float32Array.from(labels),
    domains: Int32Array.from(domains),
    splits: { train: Int32Array.from(labels, (_, row) => row), validation: none, test: none },
    featureMap: { schema, fields: [], vocabularies: [], label: 'click' },
  };
  for await (const batch of openBatches(data).batches('train', { batchSize: labels.length })) {
    if (batch.order.some((row, i) => row !== i)) throw new Error('Rows of fixtures must lie grouped by domain.');
    return batch;
  }
  throw new Error('no rows');
}

function bagsOf(values: readonly (readonly number[] | number | null)[]): BagTable {
  const bags = [[], ...values].map((value) => (Array.isArray(value) ? (value as number[]) : [value === null ? 0 : 1]));
  const starts = Int32Array.from(bags.reduce((all, bag) => [...all, all.at(-1)! + bag.length], [0]));
  const elements = Int32Array.from(bags.flat());
  if (values.every((value) => Array.isArray(value))) return { starts, elements };
  return { starts, elements, weights: Float32Array.from(values as (number | null)[], (value) => value ?? 1) };
}
