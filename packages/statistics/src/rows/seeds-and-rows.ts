import { requireLevel, requireSameLength, inputError } from '../require.js';
import { LEVEL, type Interval } from '../interval.js';
import { studentCritical, studentTwoSided } from '../distributions/student-t.js';
import type { RowDifference } from './difference.js';
import type { RowOptions } from './row-test.js';
import { varianceOf } from './variance.js';

export interface SeedsAndRowsTest {
  /** Mean over seeds of the difference. */
  readonly difference: number;
  readonly seeds: number;
  readonly standardError: number;
  /** Standard error from training alone: std over seeds / sqrt seeds. */
  readonly seedError: number;
  /** Standard error from what the rows do to all seeds alike. */
  readonly rowError: number;
  readonly t: number;
  /** Hillis' degrees of freedom; near seeds - 1 where seeds matter most, large where rows do. */
  readonly freedom: number;
  /** Two-sided. */
  readonly p: number;
  readonly interval: Interval;
}

/**
 * Whether one method is better than another, seeds and rows both taken as samples: the test of Obuchowski and Rockette for
 * several readers of the same cases, with seeds in the place of readers. With d_s the difference at seed s,
 *
 *   Var(mean d) = S^2 / K + max(0, c),   freedom = Var^2 / ((S^2 / K)^2 / (K - 1)),
 *
 * where S^2 is the variance of d_s over K seeds and c the mean covariance, over rows, of d_s and d_s' of two seeds: what
 * the choice of rows does to both. It is 2 (Cov2 - Cov3) in their words.
 * Sources: Obuchowski and Rockette, Commun. Statist. Simul. 1995; Hillis, Statistics in Medicine 2007, eq. 12 for freedom.
 * @param differences one a seed, all on the same rows; of a generator no more than one is held at a time.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two seeds, lists of different length, groups that do not fit,
 *   a level outside (0, 1).
 */
export function seedsAndRowsTest(
  differences: Iterable<RowDifference>,
  { groups, level = LEVEL }: RowOptions = {},
): SeedsAndRowsTest {
  requireLevel(level);
  const values: number[] = [];
  let sum: Float64Array | undefined; // of the seeds' influences
  let variances = 0;
  for (const { value, influence } of differences) {
    values.push(value);
    variances += varianceOf(influence, groups);
    sum ??= new Float64Array(influence.length);
    requireSameLength(sum, influence, 'The rows of two seeds');
    for (let row = 0; row < sum.length; row++) sum[row]! += influence[row]!;
  }
  const seeds = values.length;
  if (!sum || seeds < 2) throw inputError('Too few seeds.', '2 or more', seeds);
  // Var(sum over seeds) = sum of variances + seeds (seeds - 1) c
  const shared = Math.max(0, (varianceOf(sum, groups) - variances) / (seeds * (seeds - 1)));
  const mean = values.reduce((total, value) => total + value / seeds, 0);
  const ofSeeds = values.reduce((total, value) => total + (value - mean) ** 2, 0) / (seeds - 1) / seeds;
  const variance = ofSeeds + shared;
  const freedom = ofSeeds === 0 ? Infinity : (variance / ofSeeds) ** 2 * (seeds - 1);
  const standardError = Math.sqrt(variance);
  const t = mean === 0 ? 0 : mean / standardError;
  const half = standardError === 0 ? 0 : studentCritical(1 - level, freedom) * standardError;
  return {
    difference: mean,
    seeds,
    standardError,
    seedError: Math.sqrt(ofSeeds),
    rowError: Math.sqrt(shared),
    t,
    freedom,
    p: studentTwoSided(t, freedom),
    interval: { level, low: mean - half, high: mean + half },
  };
}
