import {
  DomainPlugin,
  FEATURE_SCHEMA,
  inject,
  Plugin,
  SCHEDULE,
  type Diagnostics,
  type DomainBatch,
  type EmbeddingSite,
  type FeatureSchema,
  type HiddenInterceptor,
  type HiddenSite,
  type Pass,
  type Penalty,
  type Schedule,
} from '@mdctr/core';
import { domainInput, type DomainInput } from './domain-input.js';
import { KeptNeurons } from './kept-neurons.js';
import type { LayerSparsity } from './layer-sparsity.js';
import { AdaSparseOptions, checkRange } from './options.js';
import { Pruner } from './pruner.js';
import { sparsityPenalty } from './regularizer.js';
import { SparsityLog } from './sparsity-log.js';

/**
 * AdaSparse: neuron-level weighting factors per domain on every hidden layer, h^l := h^l * pi^l(d), and a regulariser
 * that keeps the share of cut neurons in a range. Source: Yang et al., CIKM 2022, arXiv 2206.13108.
 */
@Plugin('adasparse', {
  options: AdaSparseOptions,
  source: 'arXiv:2206.13108',
  description: 'Weights and cuts the neurons of every hidden layer by domain.',
  roles: ['reference', 'suggested'],
  check: checkRange,
})
export class AdaSparse extends DomainPlugin {
  private readonly log: SparsityLog;
  private readonly kept: KeptNeurons;
  /** By pass, so that a pass whose penalty nobody asks for leaves nothing behind. */
  private readonly sparsities = new WeakMap<Pass, LayerSparsity[]>();
  /** What tells all pruners the domain; made in front of the network, of which there may be copies. */
  private domain!: DomainInput;

  constructor(
    private readonly options: AdaSparseOptions,
    @inject(SCHEDULE) private readonly schedule: Schedule,
    @inject(FEATURE_SCHEMA) private readonly schema: FeatureSchema,
  ) {
    super();
    this.log = new SparsityLog(schema);
    this.kept = new KeptNeurons(schema);
  }

  override embedding(site: EmbeddingSite): undefined {
    this.domain = domainInput(this.options.pruner, this.schema, site.scope(), site.domainWidth);
  }

  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    return site.residual && this.options.residual === 'sum' ? undefined : this.weighted(site);
  }

  override residual(site: HiddenSite): HiddenInterceptor | undefined {
    return this.options.residual === 'sum' ? this.weighted(site) : undefined;
  }

  override settlesAfter(): number {
    return this.annealed ? this.options.annealing.steps : 0;
  }

  override penalty(): Penalty | undefined {
    if (!this.regularized) return undefined;
    const { regularizer } = this.options;
    return ({ pass }) => {
      const layers = this.sparsities.get(pass);
      const strength = regularizer.start + (regularizer.end - regularizer.start) * this.way;
      return layers && sparsityPenalty(layers, strength, regularizer);
    };
  }

  override diagnostics(): Diagnostics | undefined {
    return this.annealed ? { sparsity: this.log.take(), matrices: this.kept.take() } : undefined;
  }

  private weighted(site: HiddenSite): HiddenInterceptor | undefined {
    const { options, log, kept, domain } = this;
    if (options.layers !== 'all' && options.layers !== site.kind) return undefined;
    const { from, to } = options.annealing;
    const alpha = (): number => from + (to - from) * this.way;
    const onSparsity = this.regularized ? this.collect : undefined;
    const pruner = new Pruner(site, { options, domain, alpha, log, kept, onSparsity });
    return (h, batch) => pruner.weight(h, batch);
  }

  private readonly collect = (sparsity: LayerSparsity, { pass }: DomainBatch): void => {
    const layers = this.sparsities.get(pass);
    if (layers) layers.push(sparsity);
    else this.sparsities.set(pass, [sparsity]);
  };

  /** How much of the annealing is done, 0 to 1. */
  private get way(): number {
    const { steps } = this.options.annealing;
    return steps === 0 ? 1 : Math.min(1, this.schedule.step / steps);
  }

  /** Whether neurons can be cut, which takes a steep sigmoid. */
  private get annealed(): boolean {
    return this.options.form !== 'scaling';
  }

  private get regularized(): boolean {
    return this.annealed && this.options.regularizer.enabled;
  }
}
