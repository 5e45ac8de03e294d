import { ensureRuntime, silentReport } from '@mdctr/tensor';
import {
  assembleModel,
  Backbone,
  Registry,
  type AssembledModel,
  type BackboneBuilder,
  type FeatureSchema,
  type Forward,
  type HostBatch,
  type NetworkBuilder,
  type UnitClass,
} from '../src/index.js';

await ensureRuntime({ report: silentReport });

@Backbone('tiny')
class Tiny implements BackboneBuilder {
  build(net: NetworkBuilder): Forward {
    const tower = net.tower('deep', net.inputs, {
      hiddenUnits: [3],
      activation: 'relu',
      batchNorm: false,
      dropout: 0,
    });
    const logit = net.logit('logit', tower.outputs);
    return (embedded, batch) => logit(tower(embedded.flat(), batch), batch);
  }
}

const schema: FeatureSchema = {
  fields: [
    { name: 'domain', size: 3, offset: 0 },
    { name: 'item', size: 5, offset: 3 },
  ],
  domainFields: ['domain'],
  domains: ['(unseen)', 'left', 'right'],
};

/** Two rows of the domain 1, three of the domain 2. Joint ids: the domains are 1 and 2, the items 4, 5, 4, 6, 4. */
export const batch: HostBatch = {
  rows: 5,
  order: Int32Array.of(0, 2, 1, 3, 4),
  labels: Float32Array.of(1, 0, 0, 1, 0),
  uniqueIds: Int32Array.of(1, 4, 5, 2, 6),
  inverse: Int32Array.of(0, 1, 0, 2, 3, 1, 3, 4, 3, 1),
  domainIds: Int32Array.of(1, 2),
  domainStarts: Int32Array.of(0, 2, 5),
};

/** A network of one hidden layer with the given plugins, in this order. */
export function tinyModel(names: readonly string[], classes: readonly UnitClass[]): AssembledModel {
  const registry = new Registry().add(Tiny, 'test');
  for (const cls of classes) registry.add(cls, 'test');
  const plugins = names.map((name) => ({ name }));
  return assembleModel({
    registry,
    schema,
    embedding: { dim: 2, initStd: 0.1 },
    backbone: { name: 'tiny' },
    plugins,
    seed: 1,
  });
}
