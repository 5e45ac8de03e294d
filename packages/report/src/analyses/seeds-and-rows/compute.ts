import { holm, seedsAndRowsTest } from '@mdctr/statistics';
import { cellKey } from '../../table/cells.js';
import { scoreDifference } from '../../table/score-difference.js';
import { ALPHA, ROUNDING, verdictOf } from '../../table/gains.js';
import type { ScoredComparison } from '../analysis.js';
import type { SeedsAndRowsRow } from './types.js';

/**
 * Gains in AUC with seeds and rows both taken as samples (`seedsAndRowsTest`), by Holm over all comparisons. Lines with
 * fewer than two seeds, rows of one class, or scores that are the same as the baseline's are left out.
 */
export function seedsAndRowsOf(comparisons: readonly ScoredComparison[]): SeedsAndRowsRow[] {
  const tested = comparisons.flatMap((line) => {
    const { labels, folds, seeds, pairs } = line;
    const clicks = labels.reduce((sum, label) => sum + label, 0);
    if (seeds < 2 || clicks === 0 || clicks === labels.length) return [];
    const differences = function* () {
      for (const [scores, baseline] of pairs()) yield scoreDifference(scores, baseline, { labels, folds });
    };
    const test = seedsAndRowsTest(differences(), { level: 1 - ALPHA });
    return test.standardError <= ROUNDING ? [] : [{ key: cellKey(line), seeds, test }];
  });
  const corrected = holm(tested.map(({ test }) => test.p));
  return tested.map(({ key, seeds, test }, i): SeedsAndRowsRow => {
    const { difference: mean, interval, p, seedError, rowError } = test;
    const pHolm = corrected[i]!;
    const verdict = verdictOf({ mean, n: seeds }, pHolm);
    return {
      ...key,
      gain: { mean, n: seeds, interval, p, pHolm, comparisons: tested.length, verdict },
      seedError,
      rowError,
    };
  });
}
