import { Random } from '@mdctr/tensor';
import {
  DomainBatch,
  EmbeddedFields,
  ParameterScope,
  type AffineLayer,
  type AffineSite,
  type FeatureSchema,
} from '@mdctr/core';
import { gatherRows, indexVector, ParameterStore, tensor, type Tensor } from '@mdctr/tensor';
import { generatedAffine } from '../src/generated-affine.js';
import type { ApgOptions } from '../src/options.js';

export const defaults: ApgOptions = {
  condition: 'domain',
  fields: [],
  aggregation: 'input',
  layers: 'all',
  rank: 3,
  layerRanks: [],
  sharedFactors: true,
  overParameterization: 0,
  hyperUnits: [],
  generatedBias: false,
};

/** Width of one field's embedding. */
export const DIM = 2;
const field = (name: string, offset: number) => ({ name, size: 4, offset });
export const schema: FeatureSchema = {
  fields: [field('tab', 0), field('hour', 4), field('age', 8)],
  domainFields: ['tab'],
  domains: ['(unseen)', 'a', 'b', 'c'],
};

/** An affine layer on its own, with its parameters. */
export interface LoneLayer {
  readonly layer: AffineLayer;
  readonly store: ParameterStore;
  readonly options: ApgOptions;
  readonly inputs: number;
  readonly units: number;
}

export function loneLayer(options: Partial<ApgOptions> = {}, inputs = 5, units = 4, index = 0): LoneLayer {
  const store = new ParameterStore(new Random(7));
  const scope = new ParameterScope(store, 'apg/deep/0');
  const site: AffineSite = {
    path: 'deep/0',
    schema,
    dim: DIM,
    domainWidth: DIM,
    scope: (name) => (name === undefined ? scope : scope.scope(name)),
    kind: 'deep',
    index,
    inputs,
    units,
    build: () => {
      throw new Error('APG replaces the layer: its own kernel must not be made.');
    },
  };
  const full = { ...defaults, ...options };
  return { layer: generatedAffine(site, full), store, options: full, inputs, units };
}

/** Writes numbers of size about 0.5 into every parameter, so that nothing is zero or the identity. */
export function scramble({ store }: LoneLayer): void {
  for (const parameter of store.list()) {
    const random = new Random(11).fork(parameter.path);
    parameter.write(Float32Array.from({ length: parameter.size }, () => 0.5 * random.normal()));
  }
}

/** Rows of three domains, 3 + 1 + 2; the embeddings of the field `tab` are those of the domains. */
export const starts = Int32Array.of(0, 3, 4, 6);
export const rows = 6;
const random = new Random(3);
const normals = (size: number) => Float32Array.from({ length: size }, () => random.normal());
export const domainValues = normals(3 * DIM);
export const fieldValues = normals(rows * 3 * DIM);
for (let row = 0; row < rows; row++) {
  const group = starts.findIndex((start) => start > row) - 1;
  fieldValues.set(domainValues.subarray(group * DIM, (group + 1) * DIM), row * 3 * DIM);
}

/** The batch of those rows, or of some of them in another order, each row then a group of its own. */
export function batchOf(domains: Tensor, fields: Tensor, order?: readonly number[], training = false): DomainBatch {
  const pass = { training };
  if (!order) {
    return new DomainBatch(rows, Int32Array.of(1, 2, 3), starts, domains, pass, () => embed(fields));
  }
  const index = indexVector(Int32Array.from(order));
  const groups = indexVector(Int32Array.from(order, (row) => starts.findIndex((start) => start > row) - 1));
  const each = Int32Array.from({ length: order.length + 1 }, (_, i) => i);
  const perRow = gatherRows(domains, groups);
  return new DomainBatch(order.length, each.slice(1), each, perRow, pass, () => embed(gatherRows(fields, index)));
}

const embed = (fields: Tensor): EmbeddedFields => new EmbeddedFields(fields, schema, DIM);

export const domainTensor = (): Tensor => tensor(domainValues, [3, DIM]);
export const fieldTensor = (): Tensor => tensor(fieldValues, [rows, 3 * DIM]);

/** x of the lone layer, [rows, inputs]. */
export function inputValues(inputs: number): Float32Array {
  const stream = new Random(5);
  return Float32Array.from({ length: rows * inputs }, () => stream.normal());
}
