import { DomainPlugin, Plugin, type AffineLayer, type AffineSite } from '@mdctr/core';
import { add, zeros } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  layers: Type.Array(Type.Enum(['deep', 'cross', 'logit']), {
    uniqueItems: true,
    default: ['deep', 'cross', 'logit'],
    description: 'Which affine layers get a bias of the domain.',
  }),
});

/** x W + b + (V d + c): a learned bias per domain in affine layers, d the domain's embedding. */
@Plugin('unit-name', { options: Options, description: 'Adds a learned bias per domain to affine layers.' })
export class UnitName extends DomainPlugin {
  constructor(private readonly options: Static<typeof Options>) {
    super();
  }

  /** Called once for each affine layer, while the network is built; return undefined to leave a layer alone. */
  override affine(site: AffineSite): AffineLayer | undefined {
    // A factor of a low-rank kernel is no layer of its own.
    if (site.factor || !this.options.layers.includes(site.kind)) return undefined;
    const inner = site.build(); // the layer as the backbone, and plugins after this one, make it
    // All zeros: training starts at the plain backbone.
    const shift = site.scope().dense('shift', site.domainWidth, site.units, { kernel: zeros });
    return {
      parameters: inner.parameters,
      // Runs on every forward pass: x [rows, inputs] -> [rows, units], with batch.domains [domains, width].
      forward: (x, batch, weights) => add(inner.forward(x, batch, weights), batch.spread(shift(batch.domains))),
    };
  }
}
