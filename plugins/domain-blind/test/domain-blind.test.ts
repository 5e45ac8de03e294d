import {
  assembleModel,
  Backbone,
  Registry,
  type BackboneBuilder,
  type FeatureSchema,
  type Forward,
  type HostBatch,
  type NetworkBuilder,
} from '@mdctr/core';
import { ensureRuntime, matMul, silentReport, tensor } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { DomainBlind } from '../src/index.js';

await ensureRuntime({ report: silentReport });

/** The logit is the sum of all inputs, each times the number of its field, 1 to F. */
@Backbone('weighted-sum')
class WeightedSum implements BackboneBuilder {
  build({ inputs, dim }: NetworkBuilder): Forward {
    const weights = Array.from({ length: inputs }, (_, i) => 1 + Math.floor(i / dim));
    return (embedded) => matMul(embedded.flat(), tensor(weights, [inputs, 1]));
  }
}

const names = ['tab', 'page', 'item', 'kind'];
const schema: FeatureSchema = {
  fields: names.map((name, f) => ({ name, size: 2, offset: 2 * f })),
  domainFields: ['tab', 'kind'],
  domainSources: ['page'],
  domains: ['(unseen)', 'a'],
};
const batch: HostBatch = {
  rows: 2,
  order: Int32Array.of(0, 1),
  uniqueIds: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
  inverse: Int32Array.of(0, 2, 4, 6, 1, 3, 5, 7), // all fields have id 0 in the first row, 1 in the second
  domainIds: Int32Array.of(0, 1),
  domainStarts: Int32Array.of(0, 1, 2),
};

describe('domain-blind', () => {
  it('hides the fields of the domain, those that describe it and those that it was made of, and no other', () => {
    const registry = new Registry().add(WeightedSum, 'test').add(DomainBlind, 'test');
    const [backbone, plugins] = [{ name: 'weighted-sum' }, [{ name: 'domain-blind' }]];
    const assembled = assembleModel({
      registry,
      schema,
      embedding: { dim: 2, initStd: 1 },
      backbone,
      plugins,
      seed: 1,
    });
    const { table } = assembled.model;
    // Embeddings of id 0 are 0.1, of id 1 0.2, in all fields.
    table.write(Float32Array.from({ length: 16 }, (_, i) => ((i >> 1) % 2 === 0 ? 0.1 : 0.2)));
    const logits = [...assembled.model.predict(batch)].map((score) => Math.log(score / (1 - score)));
    [3 * 2 * 0.1, 3 * 2 * 0.2].forEach((wanted, row) => expect(logits[row]).toBeCloseTo(wanted, 4));
    assembled.dispose();
  });
});
