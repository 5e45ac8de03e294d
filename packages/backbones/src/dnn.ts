import { Backbone, towerOptions, type BackboneBuilder, type Forward, type NetworkBuilder } from '@mdctr/core';
import { Type, type Static } from 'typebox';

const Options = Type.Object(towerOptions);

/** A plain deep network on all embedded fields: hidden layers, then one affine map to the logit. */
@Backbone('dnn', { options: Options, description: 'Deep network on all embedded fields.' })
export class Dnn implements BackboneBuilder {
  constructor(private readonly options: Static<typeof Options>) {}

  build(net: NetworkBuilder): Forward {
    const tower = net.tower('deep', net.inputs, this.options);
    const logit = net.logit('logit', tower.outputs);
    return (embedded, batch) => logit(tower(embedded.flat(), batch), batch);
  }
}
