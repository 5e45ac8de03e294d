import { inputError } from '../require.js';
import { normalCdf, normalQuantile } from '../distributions/normal.js';
import type { Interval } from '../interval.js';

/** Quantile of sorted values with linear interpolation between neighbours (NumPy's default, R's type 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low + (at - below) * (high - low);
}

/** The middle `level` of the resamples' values. Source: Efron and Tibshirani 1993, chapter 13. */
export function percentileInterval(sorted: ArrayLike<number>, level: number): Interval {
  const outside = (1 - level) / 2;
  return { level, low: quantile(sorted, outside), high: quantile(sorted, 1 - outside) };
}

/**
 * Bias-corrected and accelerated: percentiles moved by the share of resamples below the estimate, and by the skewness of
 * what single rows (or groups, or blocks of rows) do to it. Source: Efron, J. Am. Statist. Assoc. 1987.
 * @param sorted the resamples' values, ascending. @param leftOut the statistic without each unit: the jackknife.
 * @throws MdctrError MDCTR_STATISTICS_INPUT where the estimate lies outside all resamples: there is no such interval.
 */
export function bcaInterval(
  sorted: ArrayLike<number>,
  estimate: number,
  leftOut: ArrayLike<number>,
  level: number,
): Interval {
  if (sorted[0] === sorted[sorted.length - 1]) return { level, low: sorted[0]!, high: sorted[0]! };
  let below = 0; // ties count one half
  for (let i = 0; i < sorted.length; i++) if (sorted[i]! <= estimate) below += sorted[i] === estimate ? 0.5 : 1;
  if (below === 0 || below === sorted.length) {
    const range = `between ${sorted[0]} and ${sorted[sorted.length - 1]}`;
    throw inputError('The estimate lies outside all resamples; use the method "percentile".', range, estimate);
  }
  const bias = normalQuantile(below / sorted.length);
  const acceleration = accelerationOf(leftOut);
  const moved = (share: number): number => {
    const z = bias + normalQuantile(share);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const outside = (1 - level) / 2;
  return { level, low: quantile(sorted, moved(outside)), high: quantile(sorted, moved(1 - outside)) };
}

/** A sixth of the skewness of the jackknife's influences, by the root of their number; 0 where there is no spread. */
function accelerationOf(leftOut: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < leftOut.length; i++) mean += leftOut[i]! / leftOut.length;
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < leftOut.length; i++) {
    const influence = mean - leftOut[i]!;
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
