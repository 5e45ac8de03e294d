import { abs, add, mul, stepAbove, stopGradient, sub, sum, type Scalar, type Tensor } from '@mdctr/tensor';
import type { LayerSparsity } from './layer-sparsity.js';
import type { AdaSparseOptions } from './options.js';

/** A count that is an end of the range is in it, whatever float32 makes of the mean. */
const ROUNDING = 1e-6;

/**
 * Sparsity regulariser R_s = (1/L) sum_l lambda^l |r^l - r| with r = (r_min + r_max) / 2 and lambda^l = 0 where r^l lies
 * in [r_min, r_max], else lambda |r^l - r| (AdaSparse, section 3.3). r^l is a count: the value uses the count, the
 * gradient that of the soft share. By domain, each domain has its r^l, and their terms are averaged by rows.
 * @param strength lambda.
 */
export function sparsityPenalty(
  layers: readonly LayerSparsity[],
  strength: number,
  { min, max, detach }: AdaSparseOptions['regularizer'],
): Scalar {
  const target = (min + max) / 2;
  const terms = layers.map(({ counted, soft, shares }) => {
    const outside = add(stepAbove(sub(min, counted), ROUNDING), stepAbove(counted, max + ROUNDING));
    // |r^l - r|: value of the count, gradient of the soft share.
    const ratio = add(counted, sub(soft, stopGradient(soft)));
    const distance = abs(sub(ratio, target));
    const term = mul(outside, mul(detach ? stopGradient(distance) : distance, distance));
    return shares ? sum(mul(shares, term)) : term;
  });
  return mul(
    terms.reduce((a, b): Tensor => add(a, b)),
    strength / layers.length,
  ) as Scalar;
}
