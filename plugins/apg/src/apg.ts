import {
  DomainPlugin,
  FEATURE_SCHEMA,
  inject,
  Plugin,
  type AffineLayer,
  type AffineSite,
  type FeatureSchema,
} from '@mdctr/core';
import { generatedAffine } from './generated-affine.js';
import { ApgOptions, checkFields, checkTogether } from './options.js';

/**
 * APG, adaptive parameter generation: the kernels of affine layers are generated from a condition, in low-rank form
 * U S_i V. The plugin takes the place of the layers it acts on, so no setting of it gives the plain backbone.
 * Source: Yan et al., NeurIPS 2022, arXiv 2203.16218.
 */
@Plugin('apg', {
  options: ApgOptions,
  source: 'arXiv:2203.16218',
  description: 'Generates the kernel of every affine layer from the domain, from fields, or from the layer’s input.',
  roles: ['suggested'],
  check: checkTogether,
  owns: { kernel: 'generates the kernels of affine layers' },
})
export class Apg extends DomainPlugin {
  constructor(
    private readonly options: ApgOptions,
    @inject(FEATURE_SCHEMA) schema: FeatureSchema,
  ) {
    super();
    checkFields(options, schema);
  }

  override affine(site: AffineSite): AffineLayer | undefined {
    const { layers } = this.options;
    if (site.factor) return undefined; // it is low-rank as it is
    if (site.kind === 'logit' || (layers !== 'all' && layers !== site.kind)) return undefined;
    return generatedAffine(site, this.options);
  }
}
