import { Backbone, towerOptions, type BackboneBuilder, type Forward, type NetworkBuilder } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** The options of `dnn`, and their schema. */
export type DnnOptions = Static<typeof DnnOptions>;
export const DnnOptions = Type.Object(towerOptions);

/** A plain deep network on all embedded fields: hidden layers, then one affine map to the logit. */
@Backbone('dnn', { options: DnnOptions, description: 'Deep network on all embedded fields.' })
export class Dnn implements BackboneBuilder {
  constructor(private readonly options: DnnOptions) {}

  build(net: NetworkBuilder): Forward {
    const tower = net.tower('deep', net.inputs, this.options);
    const logit = net.logit('logit', tower.outputs);
    return (embedded, batch) => logit(tower(embedded.flat(), batch), batch);
  }
}
