import {
  assembleModel,
  Backbone,
  Registry,
  type BackboneBuilder,
  type Forward,
  type NetworkBuilder,
} from '@mdctr/core';
import type { FeatureSchema, HostBatch } from '@mdctr/core';
import { affine, constant, ensureRuntime, silentReport } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { PerDomain } from '../src/index.js';

await ensureRuntime({ report: silentReport });

/** A backbone with a parameter of its own, which no site announces: the logit is a constant. */
@Backbone('constant')
class Constant implements BackboneBuilder {
  build(net: NetworkBuilder): Forward {
    const kernel = net.scope('only').parameter('kernel', [net.inputs, 1], constant(0));
    const bias = net.scope('only').parameter('bias', [1], constant(0));
    return (embedded) => affine(embedded.flat(), kernel.value, bias.value);
  }
}

const schema: FeatureSchema = {
  fields: [{ name: 'tab', size: 4, offset: 0 }],
  domainFields: ['tab'],
  domains: ['(unseen)', 'a', 'b', 'c'],
};
const batch: HostBatch = {
  rows: 4,
  order: Int32Array.of(0, 1, 2, 3),
  uniqueIds: Int32Array.of(0, 1, 3),
  inverse: Int32Array.of(0, 1, 2, 2),
  domainIds: Int32Array.of(0, 1, 3),
  domainStarts: Int32Array.of(0, 1, 2, 4),
};

describe('per-domain', () => {
  it('sends each row through its own network, parameters without a site included; unseen rows through all', () => {
    const registry = new Registry().add(Constant, 'test').add(PerDomain, 'test');
    const [backbone, plugins] = [{ name: 'constant' }, [{ name: 'per-domain' }]];
    const assembled = assembleModel({
      registry,
      schema,
      embedding: { dim: 2, initStd: 1 },
      backbone,
      plugins,
      seed: 1,
    });
    [1, 2, 3].forEach((domain) => {
      assembled.model.store.get(`constant/domain-${domain}/only/bias`)!.write(Float32Array.of(domain * domain));
    });
    const logits = [...assembled.model.predict(batch)].map((score) => Math.log(score / (1 - score)));
    const wanted = [(1 + 4 + 9) / 3, 1, 9, 9];
    logits.forEach((logit, row) => expect(logit).toBeCloseTo(wanted[row]!, 2));
    assembled.dispose();
  });
});
