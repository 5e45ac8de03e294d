import {
  DomainPlugin,
  Plugin,
  type AffineLayer,
  type AffineSite,
  type Layer,
  type LogitInterceptor,
  type LogitSite,
  type NormSite,
} from '@mdctr/core';
import { auxiliaryNetwork } from './auxiliary-network.js';
import { StarOptions } from './options.js';
import { partitionedNorm } from './partitioned-norm.js';
import { starTopology } from './star-topology.js';

/**
 * STAR: star-topology kernels, partitioned normalisation, and an auxiliary network that sees the domain.
 * Source: Sheng et al., CIKM 2021, arXiv 2101.11427.
 */
@Plugin('star', {
  options: StarOptions,
  source: 'arXiv:2101.11427',
  description: 'Kernels, biases and normalisation a domain around shared ones, and an auxiliary network.',
  roles: ['suggested'],
  owns: {
    kernel: 'multiplies the kernel of every affine layer by one of the domain',
    'input norm': 'normalises the input of towers by domain',
  },
})
export class Star extends DomainPlugin {
  constructor(private readonly options: StarOptions) {
    super();
  }

  override affine(site: AffineSite): AffineLayer | undefined {
    return this.options.layers.includes(site.kind) ? starTopology(site, this.options.domainBias) : undefined;
  }

  override norm(site: NormSite): Layer | undefined {
    const { normalization } = this.options;
    return normalization === 'all' || normalization === site.place ? partitionedNorm(site, this.options) : undefined;
  }

  override logit(site: LogitSite): LogitInterceptor | undefined {
    return this.options.auxiliary.enabled ? auxiliaryNetwork(site, this.options.auxiliary) : undefined;
  }
}
