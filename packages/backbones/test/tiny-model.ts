import { assembleModel, Registry, type AssembledModel, type FeatureSchema, type HostBatch } from '@mdctr/core';
import { ensureRuntime, silentReport, tensor, tidy, toHost } from '@mdctr/tensor';
import * as backbones from '../src/index.js';

await ensureRuntime({ report: silentReport });

const registry = new Registry();
registry.addModule(backbones, '@mdctr/backbones');

/** Two fields with embeddings of width 1, so that what a backbone sees of a row is two numbers. */
const schema: FeatureSchema = {
  fields: [
    { name: 'position', size: 3, offset: 0 },
    { name: 'item', size: 3, offset: 3 },
  ],
  domainFields: ['position'],
  domains: ['(unseen)', 'one', 'two'],
};

export const tower = { hiddenUnits: [2], activation: 'relu', batchNorm: false, dropout: 0 };

/** The rows that inputs below stand for: 2 of domain 1, 1 of domain 2. */
export const batch: HostBatch = {
  rows: 3,
  order: Int32Array.of(0, 1, 2),
  labels: Float32Array.of(1, 0, 1),
  uniqueIds: Int32Array.of(1, 2, 3, 4, 5),
  inverse: Int32Array.of(0, 2, 0, 3, 1, 4),
  domainIds: Int32Array.of(1, 2),
  domainStarts: Int32Array.of(0, 2, 3),
};

/** Embeddings of the five distinct ids, and with them the inputs of the three rows: [1, 2], [1, -3] and [-0.5, 4]. */
export const EMBEDDINGS = [1, -0.5, 2, -3, 4];

export function build(name: string, options: object = {}): AssembledModel {
  const backbone = { name, ...tower, ...options };
  return assembleModel({ registry, schema, embedding: { dim: 1, initStd: 0.1 }, backbone, plugins: [], seed: 1 });
}

/** Gives parameters these values; those that are not named stay. */
export function put({ model }: AssembledModel, values: Readonly<Record<string, readonly number[]>>): void {
  for (const [path, value] of Object.entries(values)) {
    const parameter = model.store.get(path);
    if (!parameter) throw new Error(`no parameter ${path}`);
    parameter.write(Float32Array.from(value));
  }
}

/** [rows] logits of the batch above, in evaluation. */
export function logits({ model }: AssembledModel): number[] {
  let result: number[] = [];
  tidy(() => {
    const rows = tensor(EMBEDDINGS, [EMBEDDINGS.length, 1]);
    result = [...toHost(model.run(rows, batch, { training: false }).logits)];
  });
  return result;
}

/** Paths and shapes of the trained parameters. */
export const shapes = ({ model }: AssembledModel): Record<string, readonly number[]> =>
  Object.fromEntries(model.store.trainable().map(({ path, shape }) => [path, shape]));
