import type { DomainBatch } from '@mdctr/core';
import { div, matMul, mean, reshape, segmentSum, stepAbove, sub, tensor, type Tensor } from '@mdctr/tensor';
import { softGate } from './factors.js';
import type { AdaSparseOptions } from './options.js';

/** Share of cut neurons of one layer in one batch: a scalar, or by domain [G]. */
export interface LayerSparsity {
  /** The count, 0 to 1; it has no gradient. */
  readonly counted: Tensor;
  /** A differentiable stand-in. */
  readonly soft: Tensor;
  /** What each entry counts; they add up to 1. Undefined for a scalar. */
  readonly shares?: Tensor;
}

/** `v` and `factors` are [G, N], or [B, N] when they differ by row. */
export function layerSparsity(
  { v, factors, alpha }: { readonly v: Tensor; readonly factors: Tensor; readonly alpha: number },
  batch: DomainBatch,
  options: AdaSparseOptions,
): LayerSparsity {
  const byRow = options.input === 'domain+hidden';
  const perDomain = options.regularizer.per === 'domain';
  const shareOf = (kept: Tensor): Tensor => {
    const mean = perDomain ? meansOfDomains(kept, batch, byRow) : meanOfRows(kept, batch, byRow);
    return sub(1, mean);
  };
  return {
    counted: shareOf(stepAbove(factors, 0)),
    soft: shareOf(softGate(v, alpha, options)),
    ...(perDomain && { shares: batch.shares }),
  };
}

/** Mean over rows and neurons, a scalar; groups count by their share of the rows. */
function meanOfRows(values: Tensor, batch: DomainBatch, byRow: boolean): Tensor {
  if (byRow) return mean(values);
  return mean(matMul(reshape(batch.shares, [1, -1]), values)); // [1, G] x [G, N]
}

/** [G] mean over each domain's rows and all neurons. */
function meansOfDomains(values: Tensor, batch: DomainBatch, byRow: boolean): Tensor {
  const means = mean(values, 1); // [G], or [B] by row
  if (!byRow) return means;
  const sums = reshape(segmentSum(reshape(means, [-1, 1]), batch.group, batch.groups), [-1]);
  return div(sums, tensor([...batch.sizes], [batch.groups]));
}
