import { requireLevel } from '../require.js';
import { LEVEL, type Interval } from '../interval.js';
import { normalCritical, normalTwoSided } from '../distributions/normal.js';
import { aucDifference, type RowDifference } from './difference.js';
import { varianceOf } from './variance.js';

export interface RowTest {
  /** Metric of the first model minus that of the second. */
  readonly difference: number;
  readonly standardError: number;
  /** difference / standardError; 0 where both are 0, infinite where only the latter is. */
  readonly z: number;
  /** Two-sided, by the normal distribution. */
  readonly p: number;
  readonly interval: Interval;
}

export interface RowOptions {
  /** [N] the group of each row, numbers from 0, where groups and not rows are independent. */
  readonly groups?: Int32Array;
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
}

/**
 * Whether two trained models differ on the population that the rows are a sample of. It knows nothing of how the models
 * would come out with another seed: see `seedsAndRowsTest`.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for groups that do not fit, for a level outside (0, 1).
 */
export function rowTest({ value, influence }: RowDifference, { groups, level = LEVEL }: RowOptions = {}): RowTest {
  requireLevel(level);
  const standardError = Math.sqrt(varianceOf(influence, groups));
  const z = value === 0 ? 0 : value / standardError;
  const half = normalCritical(1 - level) * standardError;
  return {
    difference: value,
    standardError,
    z,
    p: normalTwoSided(z),
    interval: { level, low: value - half, high: value + half },
  };
}

/**
 * DeLong's test for two correlated AUCs, those of two models on the same rows; with groups, Obuchowski's for clustered rows.
 * O(N log N). Sources: DeLong et al., Biometrics 1988; Sun and Xu, IEEE Signal Processing Letters 2014; Obuchowski,
 * Biometrics 1997.
 * @param first [N] scores of one model. @param second [N] those of the other. @param labels [N] 0 or 1.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two rows of a class, NaN scores, labels other than 0 and 1,
 *   lists of two lengths.
 */
export function delongTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: RowOptions = {},
): RowTest & { readonly aucs: readonly [number, number] } {
  const difference = aucDifference(first, second, labels);
  return { ...rowTest(difference, options), aucs: difference.aucs };
}
