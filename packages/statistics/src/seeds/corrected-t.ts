import { studentCritical, studentTwoSided } from '../distributions/student-t.js';
import { LEVEL } from '../interval.js';
import { inputError } from '../require.js';
import { meanInterval } from './paired-t.js';
import type { TTest } from './paired-t.js';

/**
 * Paired t-test of differences from trainings that share rows: the variance of their mean is std^2 (1/n + overlap) in place of
 * std^2 / n. With an overlap of 0 it is `pairedTTest`. Source: Nadeau and Bengio, Inference for the Generalization Error, Machine
 * Learning 2003, equation 10; theirs are splits at random, for which it is an approximation as well.
 * @param differences one a split, method minus baseline; at least two.
 * @param overlap test rows over training rows of a split, 0 or more.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two differences, for one that is not finite, for a negative overlap, for a
 *   level outside (0, 1).
 */
export function correctedTTest(differences: ArrayLike<number>, overlap: number, level = LEVEL): TTest {
  if (!(overlap >= 0)) throw inputError('This is no share of test rows.', '0 or more', overlap);
  const estimate = meanInterval(differences, level);
  const { mean, std, n } = estimate;
  const error = std * Math.sqrt(1 / n + overlap);
  const t = mean === 0 ? 0 : mean / error;
  const half = error === 0 ? 0 : studentCritical(1 - level, n - 1) * error;
  return {
    ...estimate,
    interval: { level, low: mean - half, high: mean + half },
    t,
    freedom: n - 1,
    p: studentTwoSided(t, n - 1),
  };
}
