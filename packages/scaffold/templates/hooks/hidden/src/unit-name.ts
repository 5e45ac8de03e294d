import { DomainPlugin, Plugin, type HiddenInterceptor, type HiddenSite } from '@mdctr/core';
import { add, mul, tanh, zeros } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  strength: Type.Number({
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.5,
    description: 'How far a factor may be from 1.',
  }),
});

/** h * (1 + strength tanh(W d + b)): one learned factor a hidden unit and domain, d the domain's embedding. */
@Plugin('unit-name', { options: Options, description: 'Scales hidden layers by a learned factor per domain.' })
export class UnitName extends DomainPlugin {
  constructor(private readonly options: Static<typeof Options>) {
    super();
  }

  /** Called once for each hidden layer, while the network is built; return undefined to leave a layer alone. */
  override hidden(site: HiddenSite): HiddenInterceptor {
    const { strength } = this.options;
    // Parameters are made here. All zeros: every factor starts at 1, so training starts at the plain backbone.
    const weights = site.scope().dense('factor', site.domainWidth, site.units, { kernel: zeros });
    // What is returned runs on every forward pass, with h [rows, units] and one row a domain in batch.domains.
    return (h, batch) => {
      const factors = add(mul(tanh(weights(batch.domains)), strength), 1); // [domains, units]
      return batch.scale(h, factors);
    };
  }
}
