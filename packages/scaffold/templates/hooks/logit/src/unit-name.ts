import { DomainPlugin, Plugin, type LogitInterceptor, type LogitSite } from '@mdctr/core';
import { add, mul, zeros } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  weight: Type.Number({ exclusiveMinimum: 0, default: 1, description: 'Weight of the term that is added.' }),
});

/** logit + weight (w d + b): a learned term per domain, d the domain's embedding. */
@Plugin('unit-name', { options: Options, description: 'Adds a learned term per domain to the logit.' })
export class UnitName extends DomainPlugin {
  constructor(private readonly options: Static<typeof Options>) {
    super();
  }

  /** Called once, while the network is built. */
  override logit(site: LogitSite): LogitInterceptor {
    // All zeros: training starts at the plain backbone.
    const term = site.scope().dense('term', site.domainWidth, 1, { kernel: zeros });
    // What is returned runs on every forward pass: logit [rows, 1], before the sigmoid.
    return (logit, batch) => {
      const terms = mul(term(batch.domains), this.options.weight); // [domains, 1]
      return add(logit, batch.spread(terms));
    };
  }
}
