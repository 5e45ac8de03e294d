import { requireLevel, requireNumbers } from '../require.js';
import { LEVEL, type Interval } from '../interval.js';
import { studentCritical, studentTwoSided } from '../distributions/student-t.js';

/** A mean with its interval. */
export interface MeanEstimate {
  readonly mean: number;
  /** Sample standard deviation, with n - 1. */
  readonly std: number;
  readonly n: number;
  readonly interval: Interval;
}

export interface TTest extends MeanEstimate {
  /** mean / (std / sqrt n); infinite where all differences are the same but not 0, 0 where all are 0. */
  readonly t: number;
  /** n - 1 */
  readonly freedom: number;
  /** Two-sided: the probability of a |t| as large, were the true mean 0. */
  readonly p: number;
}

/**
 * Student's interval of a mean: mean +- t(1 - (1 - level) / 2; n - 1) std / sqrt n. Exact for normal values.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two values, for one that is not finite, for a level outside (0, 1).
 */
export function meanInterval(values: ArrayLike<number>, level = LEVEL): MeanEstimate {
  requireNumbers(values, 2, 'values');
  requireLevel(level);
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  // Equal values have a mean that is off by rounding; their spread is 0 all the same.
  const std = allEqual(values) ? 0 : Math.sqrt(squares / (n - 1));
  const half = std === 0 ? 0 : (studentCritical(1 - level, n - 1) * std) / Math.sqrt(n);
  return { mean, std, n, interval: { level, low: mean - half, high: mean + half } };
}

/**
 * Paired t-test: whether the mean of paired differences is 0. Pairs are what the two methods share, here the seed.
 * Differences that are all 0 have p = 1; others that are all the same have p = 0, whatever that is worth.
 * @param differences one a pair, method minus baseline; at least two.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two differences, for one that is not finite, for a level outside (0, 1).
 */
export function pairedTTest(differences: ArrayLike<number>, level = LEVEL): TTest {
  const estimate = meanInterval(differences, level);
  const { mean, std, n } = estimate;
  const t = mean === 0 ? 0 : mean / (std / Math.sqrt(n));
  return { ...estimate, t, freedom: n - 1, p: studentTwoSided(t, n - 1) };
}

function allEqual(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
