import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { take } from './take.js';
import { recordFlops } from '../flops.js';
import { hasOwnKernels, nativeOps } from '../native.js';
import { add, mul, sub } from './arithmetic.js';
import { gatherRows, scaleRows, segmentSum } from './rows.js';

/** Which rows belong together. */
export interface RowGroups {
  /** int32 [B]: the group of each row. */
  readonly index: Tensor;
  /** [G] rows of each group. */
  readonly sizes: readonly number[];
}

/** Mean and variance of each unit by group, [G, units] each. */
export interface GroupStatistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Result of a normalisation by group with the batch's own statistics. */
export interface NormalizedGroups extends GroupStatistics {
  /** [B, units] */
  readonly y: Tensor;
}

/**
 * Normalises each unit over the rows of each group, then scales and shifts by group: x [B, units], scale and offset
 * [G, units]. A group of one row has no variance: it takes the statistics of `fallback` instead, as constants.
 * The variance used to normalise has divisor `rows`, the one returned `rows - 1`, as moving averages take it; the mean
 * and variance returned for a group of one row mean nothing. Gradients pass to x, scale and offset.
 */
export function normalizeGroups(
  x: Tensor,
  groups: RowGroups,
  scale: Tensor,
  offset: Tensor,
  fallback: GroupStatistics,
  epsilon: number,
): NormalizedGroups {
  recordFlops(8 * x.size);
  if (nativeOps() && hasOwnKernels()) return inOneKernel(x, groups.index, scale, offset, fallback, epsilon);
  return (nativeOps() ? fused : composed)(x, factsOf(groups), scale, offset, fallback, epsilon);
}

/** Normalises by group with given statistics: x [B, units], all others [G, units]. */
export function normalizeGroupsWith(
  x: Tensor,
  { index }: Pick<RowGroups, 'index'>,
  scale: Tensor,
  offset: Tensor,
  { mean, variance }: GroupStatistics,
  epsilon: number,
): Tensor {
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
  return add(scaleRows(x, factor, index), gatherRows(sub(offset, mul(mean, factor)), index));
}

interface Facts {
  readonly index: Tensor;
  /** [G, 1] share of a row in its group's mean. */
  readonly share: Tensor;
  /** [G, 1] 1 for groups that have statistics of their own. */
  readonly hasStatistics: Tensor;
  /** [G, 1] from a variance with divisor rows to one with rows - 1. */
  readonly unbias: Tensor;
}

function factsOf({ index, sizes }: RowGroups): Facts {
  const column = (of: (size: number) => number): Tensor => tf.tensor2d(sizes.map(of), [sizes.length, 1]);
  return {
    index,
    share: column((size) => 1 / size),
    hasStatistics: column((size) => (size > 1 ? 1 : 0)),
    unbias: column((size) => size / Math.max(size - 1, 1)),
  };
}

function composed(
  x: Tensor,
  { index, share, hasStatistics, unbias }: Facts,
  scale: Tensor,
  offset: Tensor,
  fallback: GroupStatistics,
  epsilon: number,
): NormalizedGroups {
  const groups = share.shape[0];
  const choose = (found: Tensor, given: Tensor): Tensor =>
    tf.add(tf.mul(found, hasStatistics), tf.mul(given, tf.sub(1, hasStatistics)));
  const mean = tf.mul(segmentSum(x, index, groups), share);
  const centred = tf.sub(x, gatherRows(choose(mean, fallback.mean), index));
  const variance = tf.mul(segmentSum(tf.square(centred), index, groups), share);
  const factor = tf.mul(scale, tf.rsqrt(tf.add(choose(variance, fallback.variance), epsilon)));
  const y = tf.add(tf.mul(centred, gatherRows(factor, index)), gatherRows(offset, index));
  return { y, mean, variance: tf.mul(variance, unbias) };
}

/** The same with the gradient in closed form: the tape would keep, and pass through, every step of the above. */
function fused(
  x: Tensor,
  facts: Facts,
  scale: Tensor,
  offset: Tensor,
  fallback: GroupStatistics,
  epsilon: number,
): NormalizedGroups {
  const { index, share, hasStatistics, unbias } = facts;
  const groups = share.shape[0];
  let statistics: [Tensor, Tensor] | undefined;
  const forward = (
    input: Tensor,
    gamma: Tensor,
    beta: Tensor,
    save: (tensors: Tensor[]) => void,
  ): { value: Tensor; gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor[] } => {
    const { y, mean, variance, centred, inverse } = tf.tidy(() => {
      const { byRow, sums } = grouping(index, groups);
      const found = tf.mul(sums(input), share);
      const centre = tf.where(tf.cast(hasStatistics, 'bool'), found, fallback.mean);
      const rows = sub(input, byRow(centre));
      const spread = tf.mul(sums(mul(rows, rows)), share);
      const root = tf.rsqrt(tf.add(tf.where(tf.cast(hasStatistics, 'bool'), spread, fallback.variance), epsilon));
      return {
        y: add(mul(rows, byRow(mul(gamma, root))), byRow(beta)),
        mean: found,
        variance: tf.mul(spread, unbias),
        centred: rows,
        inverse: root,
      };
    });
    statistics = [tf.keep(mean), tf.keep(variance)];
    save([centred, inverse, gamma, index, tf.mul(share, hasStatistics)]);
    return { value: y, gradFunc: gradients };
  };
  /** With h = centred * inverse: dx = a dy - a mean(dy) - a h mean(dy h), a = gamma * inverse; means by group. */
  const gradients = (dy: Tensor, saved: Tensor[]): Tensor[] => {
    const [rows, inverse, gamma, rowIndex, ownShare] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
    return tf.tidy(() => {
      const { byRow, sums } = grouping(rowIndex, groups);
      const dOffset = sums(dy);
      const dScale = mul(sums(mul(dy, rows)), inverse);
      const slope = mul(gamma, inverse);
      const level = tf.mul(mul(slope, dOffset), ownShare);
      const tilt = tf.mul(mul(mul(slope, inverse), dScale), ownShare);
      const dx = sub(mul(dy, byRow(slope)), add(byRow(level), mul(rows, byRow(tilt))));
      return [dx, dScale, dOffset];
    });
  };
  const y = tf.customGrad(forward as Parameters<typeof tf.customGrad>[0])(x, scale, offset);
  return withStatistics(y, statistics!);
}

/** Our own kernel: each column is read once for each of mean, variance and result, while it is in the cache. */
function inOneKernel(
  x: Tensor,
  index: Tensor,
  scale: Tensor,
  offset: Tensor,
  fallback: GroupStatistics,
  epsilon: number,
): NormalizedGroups {
  const native = nativeOps()!;
  let statistics: [Tensor, Tensor] | undefined;
  const y = tf.customGrad((input, gamma, beta, save) => {
    const inputs = [input, index, gamma, beta, fallback.mean, fallback.variance, tf.scalar(epsilon)] as Tensor[];
    const outputs = native.executeMultipleOutputs('MdctrGroupNorm', [], inputs, 5);
    const [value, mean, variance, centre, inverse] = outputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
    statistics = [tf.keep(mean), tf.keep(variance)];
    (save as (tensors: Tensor[]) => void)([input as Tensor, index, gamma as Tensor, centre, inverse]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] =>
      native.executeMultipleOutputs('MdctrGroupNormGrad', [], [dy, ...saved], 3);
    return { value, gradFunc };
  })(x, scale, offset);
  return withStatistics(y, statistics!);
}

/** Copies belong to the caller's scope, so that no tensor outlives it. */
function withStatistics(y: Tensor, [mean, variance]: [Tensor, Tensor]): NormalizedGroups {
  const result = { y, mean: tf.clone(mean), variance: tf.clone(variance) };
  mean.dispose();
  variance.dispose();
  return result;
}

/** Between rows and groups, without the tape. */
function grouping(index: Tensor, groups: number) {
  return {
    /** [G, n] -> [B, n] */
    byRow: (perGroup: Tensor): Tensor => take(perGroup, index),
    /** [B, n] -> [G, n] */
    sums: (rows: Tensor): Tensor => segmentSum(rows, index, groups),
  };
}
