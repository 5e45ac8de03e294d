import { Backbone, towerOptions, type BackboneBuilder, type Forward, type NetworkBuilder } from '@mdctr/core';
import { concat } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';
import { crossNetwork } from './cross.js';

/** The options of `dcnv2`, and their schema. */
export type DcnV2Options = Static<typeof DcnV2Options>;
export const DcnV2Options = Type.Object({
  ...towerOptions,
  structure: Type.Enum(['parallel', 'stacked'], {
    default: 'parallel',
    description: 'Deep tower beside the cross network (outputs joined), or on top of it.',
  }),
  crossLayers: Type.Integer({ minimum: 1, default: 3, description: 'Number of cross layers.' }),
  rank: Type.Integer({
    minimum: 0,
    default: 0,
    width: true,
    description: 'Rank of the low-rank experts of a cross layer; 0 for full-rank kernels.',
  }),
  experts: Type.Integer({
    minimum: 1,
    default: 4,
    description: 'Experts of a low-rank cross layer; unused at rank 0.',
  }),
});

/** Deep and cross network, version 2. Source: Wang et al., WWW 2021, arXiv 2008.13535, figure 1. */
@Backbone('dcnv2', {
  options: DcnV2Options,
  source: 'arXiv:2008.13535',
  description: 'Cross network with full-rank or low-rank kernels and a deep tower.',
})
export class DcnV2 implements BackboneBuilder {
  constructor(private readonly options: DcnV2Options) {}

  build(net: NetworkBuilder): Forward {
    const cross = crossNetwork(net, net.inputs, this.options);
    const tower = net.tower('deep', net.inputs, this.options);
    if (this.options.structure === 'stacked') {
      const logit = net.logit('logit', tower.outputs);
      return (embedded, batch) => logit(tower(cross(embedded.flat(), batch), batch), batch);
    }
    const logit = net.logit('logit', net.inputs + tower.outputs);
    return (embedded, batch) => {
      const x0 = embedded.flat();
      return logit(concat([cross(x0, batch), tower(x0, batch)], 1), batch);
    };
  }
}
