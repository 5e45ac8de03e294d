import type { DomainBatch, HiddenSite } from '@mdctr/core';
import { concat, mul, normal, relu, toHost, zeros, type Tensor } from '@mdctr/tensor';
import { cutNeurons } from './cut-neurons.js';
import type { DomainInput } from './domain-input.js';
import { weightingFactors } from './factors.js';
import type { KeptNeurons } from './kept-neurons.js';
import { layerSparsity, type LayerSparsity } from './layer-sparsity.js';
import type { AdaSparseOptions } from './options.js';
import type { SparsityLog } from './sparsity-log.js';

/** What a pruner works with beside its layer. */
export interface PrunerContext {
  readonly options: AdaSparseOptions;
  readonly domain: DomainInput;
  /** Steepness of the sigmoid now. */
  readonly alpha: () => number;
  /** What evaluations add up. */
  readonly log: SparsityLog;
  readonly kept: KeptNeurons;
  /** Gets the sparsity of each training pass, where it is regularised. */
  readonly onSparsity: ((sparsity: LayerSparsity, batch: DomainBatch) => void) | undefined;
}

/** The light network of one hidden layer: the domain in, one factor a neuron out. */
export class Pruner {
  private readonly layers: readonly ((x: Tensor) => Tensor)[];

  constructor(
    private readonly site: HiddenSite,
    private readonly context: PrunerContext,
  ) {
    const { input, pruner } = context.options;
    const inputs = context.domain.width + (input === 'domain+hidden' ? site.units : 0);
    const widths = [inputs, ...pruner.units];
    const hidden = pruner.units.map((units, i) => site.scope('pruner').dense(String(i), widths[i]!, units));
    // At zero v = 0 makes every factor 1 (beta = 2), so training starts at the plain backbone. A bias is the same for all domains:
    // had it first values, all domains would cut the same neurons.
    const kernel = pruner.initStd === 0 ? zeros : normal(pruner.initStd);
    const last = site.scope().dense('pruner', widths.at(-1)!, site.units, { kernel, bias: zeros });
    this.layers = [...hidden.map((layer) => (x: Tensor) => relu(layer(x))), last];
  }

  /** h [B, N] -> h * pi [B, N]. */
  weight(h: Tensor, batch: DomainBatch): Tensor {
    const { options, domain, alpha, onSparsity } = this.context;
    const byRow = options.input === 'domain+hidden';
    const seen = byRow ? concat([batch.spread(domain.of(batch)), h], 1) : domain.of(batch);
    const v = this.layers.reduce((x, layer) => layer(x), seen); // [G, N], or [B, N] by row
    const factors = weightingFactors(v, alpha(), options);
    if (options.form !== 'scaling') {
      if (!batch.training) this.take(factors, batch, byRow);
      else onSparsity?.(layerSparsity({ v, factors, alpha: alpha() }, batch, options), batch);
    }
    return byRow ? mul(h, factors) : batch.scale(h, factors);
  }

  /** Notes which neurons an evaluation cuts. */
  private take(factors: Tensor, batch: DomainBatch, byRow: boolean): void {
    const { path, units } = this.site;
    const { log, kept } = this.context;
    const values = toHost(factors);
    log.add(path, batch, cutNeurons(values, batch, units, byRow), units);
    kept.add(path, batch, values, units, byRow);
  }
}
