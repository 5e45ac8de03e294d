import {
  DomainPlugin,
  FEATURE_SCHEMA,
  inject,
  Plugin,
  SCHEDULE,
  type Diagnostics,
  type DomainBatch,
  type FeatureSchema,
  type HiddenInterceptor,
  type HiddenSite,
  type Pass,
  type Penalty,
  type Schedule,
} from '@mdctr/core';
import { KeptNeurons } from './kept-neurons.js';
import { AdaSparseOptions, checkRange } from './options.js';
import { Pruner, type LayerSparsity } from './pruner.js';
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

  constructor(
    private readonly options: AdaSparseOptions,
    @inject(SCHEDULE) private readonly schedule: Schedule,
    @inject(FEATURE_SCHEMA) schema: FeatureSchema,
  ) {
    super();
    this.log = new SparsityLog(schema);
    this.kept = new KeptNeurons(schema);
  }

  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    const { layers } = this.options;
    if (layers !== 'all' && layers !== site.kind) return undefined;
    const collect = this.regularized ? this.collect : undefined;
    const pruner = new Pruner(site, this.options, this.schedule, { log: this.log, kept: this.kept }, collect);
    return (h, batch) => pruner.weight(h, batch);
  }

  override penalty(): Penalty | undefined {
    if (!this.regularized) return undefined;
    return ({ pass }) => {
      const layers = this.sparsities.get(pass);
      return layers && sparsityPenalty(layers, this.schedule.progress, this.options.regularizer);
    };
  }

  override diagnostics(): Diagnostics | undefined {
    return this.options.form === 'scaling' ? undefined : { sparsity: this.log.take(), matrices: this.kept.take() };
  }

  private readonly collect = (sparsity: LayerSparsity, { pass }: DomainBatch): void => {
    const layers = this.sparsities.get(pass);
    if (layers) layers.push(sparsity);
    else this.sparsities.set(pass, [sparsity]);
  };

  private get regularized(): boolean {
    return this.options.form !== 'scaling' && this.options.regularizer.enabled;
  }
}
