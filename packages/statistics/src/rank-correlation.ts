import { requireNumbers, requireSameLength } from './require.js';
import { doubledRanks } from './ranks.js';

/**
 * Spearman's rank correlation: Pearson's correlation of the mid-ranks. 1 where one grows with the other, -1 where it falls,
 * whatever the shape of the relation. Source: Spearman, Am. J. Psychol. 1904; mid-ranks for ties.
 * @returns null where all values of a side are equal: nothing can be said.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for fewer than two pairs, for sides of different length, for a value that is not finite.
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  requireNumbers(x, 2, 'x');
  requireNumbers(y, 2, 'y');
  requireSameLength(x, y, 'x and y');
  const [a, b] = [doubledRanks(Array.from(x)), doubledRanks(Array.from(y))];
  const middle = x.length + 1; // the mean of doubled ranks, whatever the ties
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [dx, dy] = [a[i]! - middle, b[i]! - middle];
    [xx, yy, xy] = [xx + dx * dx, yy + dy * dy, xy + dx * dy];
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
