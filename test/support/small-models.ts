import { assembleModel, type HostBatch, type AssembledModel, type UnitClass, type UnitConfig } from '@mdctr/core';
import { loadData, openBatches, type EncodedData } from '@mdctr/data';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { builtinRegistry } from './registry.js';

await ensureRuntime({ report: silentReport });

/** A small data set with four domains. */
export const data: EncodedData = await loadData({
  source: { kind: 'synthetic', rows: 1500, domains: 4, seed: 3, fields: [300, 200, 20, 5], shared: { effects: 3 } },
  label: 'click',
  domain: 'position',
  fields: [],
  exclude: [],
  minFrequency: 2,
  split: { by: 'seed', seed: 1, validation: 0.2, test: 0.2 },
});

/** The first training batch. */
export async function firstBatch(batchSize = 64, of = data): Promise<HostBatch> {
  for await (const batch of openBatches(of).batches('train', { batchSize, shuffle: { seed: 1, epoch: 1 } }))
    return batch;
  throw new Error('no rows');
}

export const tower = { hiddenUnits: [8, 6], activation: 'relu', batchNorm: false, dropout: 0 };
export const dnn: UnitConfig = { name: 'dnn', ...tower };
export const dcnv2: UnitConfig = {
  name: 'dcnv2',
  ...tower,
  structure: 'parallel',
  crossLayers: 2,
  rank: 0,
  experts: 2,
};

/** AdaSparse's options as validation fills them in; it starts at the plain backbone. */
export const adaSparse: UnitConfig = {
  name: 'adasparse',
  form: 'fusion',
  input: 'domain',
  layers: 'all',
  residual: 'branch',
  pruner: { domain: { kind: 'shared', scale: 1 }, units: [], initStd: 0 },
  annealing: { from: 0.1, to: 5, steps: 100 },
  beta: 2,
  epsilon: 0.25,
  gradientThroughCut: false,
  regularizer: { enabled: true, per: 'domain', min: 0.15, max: 0.25, start: 0.01, end: 1, detach: true },
};

/** STAR's defaults, as validation fills them in. */
export const starAll: UnitConfig = {
  name: 'star',
  layers: ['deep', 'cross', 'logit'],
  domainBias: true,
  normalization: 'input',
  momentum: 0.1,
  epsilon: 1e-3,
  auxiliary: { enabled: true, hiddenUnits: [32], activation: 'relu' },
};

/** STAR's topology alone. */
export const starTopology: UnitConfig = {
  ...starAll,
  normalization: 'none',
  auxiliary: { enabled: false, hiddenUnits: [], activation: 'relu' },
};

/** APG's defaults, as validation fills them in. */
export const apg: UnitConfig = {
  name: 'apg',
  condition: 'domain',
  fields: [],
  aggregation: 'input',
  layers: 'all',
  rank: 8,
  layerRanks: [],
  sharedFactors: true,
  overParameterization: 64,
  hyperUnits: [],
  generatedBias: false,
};

/** MAML's defaults, as validation fills them in. */
export const maml: UnitConfig = {
  name: 'maml',
  order: 'first',
  innerSteps: 1,
  innerRate: 0.1,
  rate: 'fixed',
  innerOptimizer: 'sgd',
  support: 0.5,
  weighting: 'rows',
  adapt: ['**'],
  evaluation: { steps: 5, batchSize: 1024, selectBy: 'meta', predict: 'meta' },
};

export const perDomain: UnitConfig = { name: 'per-domain' };

/** A trial of the named units; `extra` are classes of the test's own. */
export function assemble(
  backbone: UnitConfig,
  plugins: readonly UnitConfig[] = [],
  extra: readonly UnitClass[] = [],
  seed = 1,
): AssembledModel {
  const registry = builtinRegistry();
  for (const cls of extra) registry.add(cls, 'test');
  return assembleModel({ registry, schema: data.schema, embedding: { dim: 4, initStd: 0.1 }, backbone, plugins, seed });
}
