import { requireNumbers } from '../require.js';
import { countClasses } from '../rows/classes.js';
import { sortOrder } from '../rows/sort-order.js';

/** A metric as a function of how often each row counts [N]; NaN where the rows that count have none. */
export type WeightedMetric = (weights: Float64Array) => number;

/** Weighted mean of values by row [N], e.g. of the log loss. @throws MdctrError MDCTR_STATISTICS_INPUT for values that are not finite. */
export function weightedMean(values: ArrayLike<number>): WeightedMetric {
  requireNumbers(values, 1, 'values');
  return (weights) => {
    let [sum, total] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      sum += weights[i]! * values[i]!;
      total += weights[i]!;
    }
    return sum / total;
  };
}

/**
 * Weighted AUC: sorts once, and then one walk over the rows a call.
 * @param scores [N] @param labels [N] 0 or 1. @throws MdctrError MDCTR_STATISTICS_INPUT as `placements` does.
 */
export function weightedAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): WeightedMetric {
  countClasses(scores, labels);
  const order = sortOrder(scores);
  return (weights) => {
    let [below, positives, sum] = [0, 0, 0]; // below: weight of negatives below
    for (let start = 0, end = 0; start < order.length; start = end) {
      const score = scores[order[start]!]!;
      let [tied, tiedNegatives] = [0, 0];
      for (end = start; end < order.length && scores[order[end]!]! === score; end++) {
        const row = order[end]!;
        if (labels[row] === 1) tied += weights[row]!;
        else tiedNegatives += weights[row]!;
      }
      sum += tied * (below + tiedNegatives / 2);
      below += tiedNegatives;
      positives += tied;
    }
    return sum / (positives * below);
  };
}
