import type { DomainBatch, HiddenSite, Schedule } from '@mdctr/core';
import { concat, matMul, mean, mul, normal, relu, reshape, sub, toHost, zeros, type Tensor } from '@mdctr/tensor';
import { cutNeurons } from './cut-neurons.js';
import { softGate, weightingFactors } from './factors.js';
import type { KeptNeurons } from './kept-neurons.js';
import type { AdaSparseOptions } from './options.js';
import type { SparsityLog } from './sparsity-log.js';

/** Share of cut neurons of one layer in one batch. */
export interface LayerSparsity {
  /** The count, 0 to 1. */
  readonly counted: number;
  /** A differentiable stand-in, a scalar; made on request, because most layers are in their range most of the time. */
  soft(): Tensor;
}

/** The light network of one hidden layer: domain embedding in, one factor a neuron out. */
export class Pruner {
  private readonly layers: readonly ((x: Tensor) => Tensor)[];

  constructor(
    private readonly site: HiddenSite,
    private readonly options: AdaSparseOptions,
    private readonly schedule: Schedule,
    /** What evaluations add up. */
    private readonly logs: { readonly log: SparsityLog; readonly kept: KeptNeurons },
    private readonly onSparsity: ((sparsity: LayerSparsity, batch: DomainBatch) => void) | undefined,
  ) {
    const inputs = site.domainWidth + (options.input === 'domain+hidden' ? site.units : 0);
    const widths = [inputs, ...options.prunerUnits];
    const hidden = options.prunerUnits.map((units, i) => site.scope('pruner').dense(String(i), widths[i]!, units));
    // At zero v = 0 makes every factor 1 (beta = 2), so training starts at the plain backbone.
    const start = options.initStd === 0 ? zeros : normal(options.initStd);
    const last = site.scope().dense('pruner', widths[widths.length - 1]!, site.units, { kernel: start, bias: start });
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
    if (form !== 'scaling' && (this.onSparsity || !batch.training)) {
      const values = toHost(factors);
      const cut = cutNeurons(values, batch, this.site.units, byRow);
      if (batch.training) this.onSparsity?.(this.sparsity(v, alpha, cut, batch), batch);
      else {
        this.logs.log.add(this.site.path, batch, cut, this.site.units);
        this.logs.kept.add(this.site.path, batch, values, this.site.units, byRow);
      }
    }
    return byRow ? mul(h, factors) : batch.scale(h, factors);
  }

  private sparsity(v: Tensor, alpha: number, cut: readonly number[], batch: DomainBatch): LayerSparsity {
    return {
      counted: cut.reduce((a, b) => a + b, 0) / (batch.rows * this.site.units),
      soft: () => sub(1, this.meanOverRows(softGate(v, alpha, this.options), batch)),
    };
  }

  /** Mean over rows and neurons; groups count by their share of the rows. */
  private meanOverRows(values: Tensor, batch: DomainBatch): Tensor {
    if (this.options.input === 'domain+hidden') return mean(values);
    return mean(matMul(reshape(batch.shares, [1, -1]), values)); // [1, G] x [G, N]
  }
}
