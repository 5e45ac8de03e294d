import { abs, add, concat, mean, mul, stepAbove, stopGradient, sub, type Scalar, type Tensor } from '@mdctr/tensor';
import type { AdaSparseOptions } from './options.js';
import type { LayerSparsity } from './pruner.js';

/**
 * Sparsity regulariser R_s = (1/L) sum_l lambda^l |r^l - r| with r = (r_min + r_max) / 2 and lambda^l = 0 where r^l lies
 * in [r_min, r_max], else lambda |r^l - r| (AdaSparse, section 3.3). r^l is a count: the value uses the count, the
 * gradient that of the soft share.
 */
export function sparsityPenalty(
  layers: readonly LayerSparsity[],
  progress: number,
  { min, max, start, end, detach }: AdaSparseOptions['regularizer'],
): Scalar {
  const target = (min + max) / 2;
  const strength = start + (end - start) * progress;
  const counted = concat(layers.map((layer) => layer.counted)); // [L]
  const soft = concat(layers.map((layer) => layer.soft)); // [L]
  const ratio = add(soft, stopGradient(sub(counted, soft))); // value of the count, gradient of the soft share
  const distance = abs(sub(ratio, target));
  const outside: Tensor = stepAbove(abs(sub(counted, target)), (max - min) / 2);
  const weight = mul(mul(detach ? stopGradient(distance) : distance, outside), strength);
  return mean(mul(weight, distance)) as Scalar;
}
