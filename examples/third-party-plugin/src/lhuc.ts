import { DomainPlugin, Plugin, type HiddenInterceptor, type HiddenSite } from '@mdctr/core';
import { concat, fill, gatherRows, indexVector, mul, sigmoid, zeros } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  layers: Type.Enum(['all', 'deep', 'cross'], { default: 'all', description: 'Which hidden layers are scaled.' }),
});

/** LHUC: h * 2 sigma(w_d), one vector w_d a domain and hidden layer. Source: Swietojanski and Renals, SLT 2014. */
@Plugin('lhuc', { options: Options, description: 'One factor between 0 and 2 a hidden unit and domain.' })
export class Lhuc extends DomainPlugin {
  constructor(private readonly options: Static<typeof Options>) {
    super();
  }

  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    const { layers } = this.options;
    if (layers !== 'all' && layers !== site.kind) return undefined;
    const weights = site.scope().parameter('weights', [site.schema.domains.length - 1, site.units], zeros);
    return (h, batch) => {
      // Row 0 is for domains never seen: 2 sigma(0) = 1 leaves them the shared network.
      const all = concat([fill([1, site.units], 0), weights.value], 0); // [D + 1, units]
      const present = gatherRows(all, indexVector(batch.domainIds)); // [G, units]
      return batch.scale(h, mul(sigmoid(present), 2));
    };
  }
}
