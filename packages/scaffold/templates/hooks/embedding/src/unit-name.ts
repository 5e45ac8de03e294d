import { DomainPlugin, Plugin, type EmbeddingInterceptor, type EmbeddingSite } from '@mdctr/core';
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

/** x * (1 + strength tanh(W d + b)): learned factors per domain on the embedded fields x, d the domain's embedding. */
@Plugin('unit-name', { options: Options, description: 'Scales the embedded fields by learned factors per domain.' })
export class UnitName extends DomainPlugin {
  constructor(private readonly options: Static<typeof Options>) {
    super();
  }

  /** Called once, while the network is built. */
  override embedding(site: EmbeddingSite): EmbeddingInterceptor {
    const { strength } = this.options;
    // All zeros: every factor starts at 1, so training starts at the plain backbone.
    const weights = site.scope().dense('factor', site.domainWidth, site.fields * site.dim, { kernel: zeros });
    // What is returned runs on every forward pass; the fields lie side by side, [rows, fields * dim].
    return (embedded, batch) => {
      const factors = add(mul(tanh(weights(batch.domains)), strength), 1); // [domains, fields * dim]
      return embedded.map((flat) => batch.scale(flat, factors));
    };
  }
}
