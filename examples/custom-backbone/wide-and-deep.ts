import { Backbone, towerOptions, type BackboneBuilder, type Forward, type NetworkBuilder } from '@mdctr/core';
import { add } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  ...towerOptions,
  wide: Type.Boolean({ default: true, description: 'Add the linear part.' }),
});

/** Wide and Deep (Cheng et al., 2016): the logit of a deep tower plus that of a linear map of the embedded fields. */
@Backbone('wide-and-deep', {
  options: Options,
  source: 'arXiv:1606.07792',
  description: 'A linear map beside a deep tower.',
})
export class WideAndDeep implements BackboneBuilder {
  constructor(private readonly options: Static<typeof Options>) {}

  build(net: NetworkBuilder): Forward {
    const tower = net.tower('deep', net.inputs, this.options);
    const deep = net.logit('logit', tower.outputs);
    if (!this.options.wide) return (embedded, batch) => deep(tower(embedded.flat(), batch), batch);
    const wide = net.logit('wide', net.inputs);
    return (embedded, batch) => {
      const x = embedded.flat();
      return add(deep(tower(x, batch), batch), wide(x, batch));
    };
  }
}
