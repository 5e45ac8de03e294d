import type { DomainBatch, HiddenSite, Schedule } from '@mdctr/core';
import { concat, mean, mul, relu, reshape, stepAbove, sub, sum, toHost, zeros, type Tensor } from '@mdctr/tensor';
import { softGate, weightingFactors } from './factors.js';
import type { AdaSparseOptions } from './options.js';
import type { SparsityLog } from './sparsity-log.js';

/** Share of cut neurons of one layer in one batch: the count, and its differentiable stand-in; both [1]. */
export interface LayerSparsity {
  readonly counted: Tensor;
  readonly soft: Tensor;
}

/** The light network of one hidden layer: domain embedding in, one factor a neuron out. */
export class Pruner {
  private readonly layers: readonly ((x: Tensor) => Tensor)[];

  constructor(
    private readonly site: HiddenSite,
    private readonly options: AdaSparseOptions,
    private readonly schedule: Schedule,
    private readonly log: SparsityLog,
    private readonly onSparsity: ((sparsity: LayerSparsity) => void) | undefined,
  ) {
    const inputs = site.domainWidth + (options.input === 'domain+hidden' ? site.units : 0);
    const widths = [inputs, ...options.prunerUnits];
    const hidden = options.prunerUnits.map((units, i) => site.scope('pruner').dense(String(i), widths[i]!, units));
    // The last map starts at zero: v = 0 makes every factor 1 (beta = 2), so training starts at the plain backbone.
    const last = site.scope().dense('pruner', widths[widths.length - 1]!, site.units, { kernel: zeros });
    this.layers = [...hidden.map((layer) => (x: Tensor) => relu(layer(x))), last];
  }

  /** h [B, N] -> h * pi [B, N]. */
  weight(h: Tensor, batch: DomainBatch): Tensor {
    const { alphaStart, alphaEnd, input, form } = this.options;
    const alpha = alphaStart + (alphaEnd - alphaStart) * this.schedule.progress;
    const byRow = input === 'domain+hidden';
    const seen = byRow ? concat([batch.spread(batch.domains), h], 1) : batch.domains;
    const v = this.layers.reduce((x, layer) => layer(x), seen); // [G, N], or [B, N] by row
    const factors = weightingFactors(v, alpha, this.options);
    if (batch.training && this.onSparsity) this.onSparsity(this.sparsity(v, factors, alpha, batch));
    if (!batch.training && form !== 'scaling') this.log.add(this.site.path, batch, toHost(factors), this.site.units);
    return byRow ? mul(h, factors) : batch.scale(h, factors);
  }

  /** Averaged over the rows of the batch: groups count by their share of the rows. */
  private sparsity(v: Tensor, factors: Tensor, alpha: number, batch: DomainBatch): LayerSparsity {
    const shareCut = (kept: Tensor): Tensor => {
      const keptShare = mean(kept, 1, true); // [G, 1] or [B, 1]
      const overall =
        this.options.input === 'domain+hidden'
          ? mean(keptShare)
          : sum(mul(reshape(keptShare, [-1]), batch.shares));
      return reshape(sub(1, overall), [1]);
    };
    return { counted: shareCut(stepAbove(factors, 0)), soft: shareCut(softGate(v, alpha, this.options)) };
  }
}
