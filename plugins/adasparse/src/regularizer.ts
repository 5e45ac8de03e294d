import { add, mul, stopGradient, type Scalar, type Tensor, toNumber } from '@mdctr/tensor';
import type { AdaSparseOptions } from './options.js';
import type { LayerSparsity } from './pruner.js';

/**
 * Sparsity regulariser R_s = (1/L) sum_l lambda^l |r^l - r| with r = (r_min + r_max) / 2 and lambda^l = 0 where r^l lies
 * in [r_min, r_max], else lambda |r^l - r| (AdaSparse, section 3.3). r^l is a count: the value uses the count, the
 * gradient that of the soft share. undefined where every layer is in the range.
 */
export function sparsityPenalty(
  layers: readonly LayerSparsity[],
  progress: number,
  { min, max, start, end, detach }: AdaSparseOptions['regularizer'],
): Scalar | undefined {
  const target = (min + max) / 2;
  const strength = start + (end - start) * progress;
  const terms = layers
    .filter(({ counted }) => counted < min || counted > max)
    .map(({ counted, soft }) => {
      const share = soft();
      // |r^l - r|: value of the count, gradient of the soft share.
      const distance = mul(add(share, counted - target - toNumber(share)), Math.sign(counted - target));
      return mul(mul(detach ? stopGradient(distance) : distance, distance), strength / layers.length);
    });
  return terms.length === 0 ? undefined : (terms.reduce((a, b): Tensor => add(a, b)) as Scalar);
}
