import { requireNumbers, requireSameLength, inputError } from '../require.js';
import { placements } from './placements.js';

/** A difference of two models on the same rows, and what each row has to do with it. */
export interface RowDifference {
  /** Metric of the first model minus that of the second. */
  readonly value: number;
  /**
   * [N] deviations of the rows, so scaled that the sum of their squares is the variance of `value` under sampling of rows,
   * and a sum of products of two such lists a covariance.
   */
  readonly influence: Float64Array;
}

export interface AucDifference extends RowDifference {
  readonly aucs: readonly [number, number];
}

/**
 * The difference of two AUCs on the same rows. The sum of squares of `influence` is DeLong's variance of it.
 * @param first [N] scores of one model. @param second [N] those of the other. @param labels [N] 0 or 1.
 * @throws MdctrError MDCTR_STATISTICS_INPUT as `placements` does, and for fewer than two rows of a class.
 */
export function aucDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): AucDifference {
  const [one, other] = [placements(first, labels), placements(second, labels)];
  const { positives, negatives } = one;
  if (positives < 2 || negatives < 2) {
    const found = `${positives} and ${negatives}`;
    throw inputError('The variance of an AUC needs two rows of each class.', '2 or more of each', found);
  }
  const value = one.auc - other.auc;
  const ofPositive = 1 / Math.sqrt(positives * (positives - 1));
  const ofNegative = 1 / Math.sqrt(negatives * (negatives - 1));
  const influence = one.values; // in place: no third list of millions
  for (let row = 0; row < influence.length; row++) {
    const deviation = influence[row]! - other.values[row]! - value;
    influence[row] = deviation * (labels[row] === 1 ? ofPositive : ofNegative);
  }
  return { value, influence, aucs: [one.auc, other.auc] };
}

/**
 * The mean over folds of the difference of two AUCs, each fold having rows of its own. With the folds' rows sampled independently its
 * variance is the sum of theirs, divided by the square of their number.
 * @param first [N] scores of one model, fold after fold. @param second [N] those of the other. @param labels [N] 0 or 1.
 * @param folds rows of each fold, in order; they add up to N.
 * @throws MdctrError MDCTR_STATISTICS_INPUT as `aucDifference` does of each fold, and for folds that do not add up.
 */
export function foldAucDifference(
  first: Float32Array,
  second: Float32Array,
  labels: Float32Array,
  folds: readonly number[],
): AucDifference {
  const rows = folds.reduce((sum, count) => sum + count, 0);
  if (rows !== labels.length) throw inputError('The folds do not add up to the rows.', String(labels.length), rows);
  const influence = new Float64Array(rows);
  const means = { value: 0, aucs: [0, 0] as [number, number] };
  let from = 0;
  for (const count of folds) {
    const part = [first, second, labels].map((list) => list.subarray(from, from + count));
    const { value, aucs, influence: ofFold } = aucDifference(part[0]!, part[1]!, part[2]!);
    means.value += value / folds.length;
    means.aucs = [means.aucs[0] + aucs[0] / folds.length, means.aucs[1] + aucs[1] / folds.length];
    for (let row = 0; row < count; row++) influence[from + row] = ofFold[row]! / folds.length;
    from += count;
  }
  return { ...means, influence };
}

/**
 * The difference of two means over the same rows, e.g. of the log loss by row; with weights, of two weighted means, e.g.
 * of the AUC inside users weighted by their rows (GAUC), where each entry is a user.
 * @param first [N] values of one model. @param second [N] those of the other. @param weights [N] above 0; 1 by default.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two rows, lists of different length, values that are not finite.
 */
export function meanDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RowDifference {
  requireSameLength(first, second, 'Values of the two models');
  requireNumbers(first, 2, 'values');
  requireNumbers(second, 2, 'values');
  if (weights) requireSameLength(first, weights, 'Values and weights');
  const n = first.length;
  let [sum, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    const weight = weights?.[i] ?? 1;
    if (!(weight > 0)) throw inputError('This is no weight.', 'numbers above 0', `${weight} at index ${i}`);
    sum += weight * (first[i]! - second[i]!);
    total += weight;
  }
  const value = sum / total;
  const scale = Math.sqrt(n / (n - 1)) / total;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) influence[i] = (weights?.[i] ?? 1) * (first[i]! - second[i]! - value) * scale;
  return { value, influence };
}
