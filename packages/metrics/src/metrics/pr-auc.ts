import { defineMetric } from '../metric.js';
import type { Ranking } from '../ranking/ranking.js';

/** Area under the precision-recall curve, as average precision. */
export const prAuc = defineMetric({
  name: 'prAuc',
  label: 'PR AUC',
  description: 'Average precision, the area under the precision-recall curve; undefined without clicks.',
  better: 'higher',
  decimals: 4,
  shownIn: [],
  byDomain: true,
  compute: ({ ranking }) => averagePrecision(ranking) ?? null,
});

/**
 * Average precision, sum_n (R_n - R_{n-1}) P_n over the distinct scores from the
 * top, without interpolation (scikit-learn's `average_precision_score`). Undefined where there are no positives.
 */
function averagePrecision({ positives, negatives }: Ranking): number | undefined {
  if (positives.length === 0) return undefined;
  let p = positives.length; // positives with index >= p, and negatives with index >= n, are above the threshold
  let n = negatives.length;
  let sum = 0;
  while (p > 0) {
    const threshold = positives[p - 1]!;
    const before = p;
    while (p > 0 && positives[p - 1]! === threshold) p--;
    while (n > 0 && negatives[n - 1]! >= threshold) n--;
    const found = positives.length - p;
    sum += ((before - p) / positives.length) * (found / (found + negatives.length - n));
  }
  return sum;
}
