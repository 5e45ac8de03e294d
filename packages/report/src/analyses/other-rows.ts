import { aucDifference, holm, seedsAndRowsTest } from '@mdctr/statistics';
import { ALPHA, ROUNDING, verdictOf } from '../gains.js';
import type { CellKey, OtherRowsRow } from './types.js';

/** A line of the table with the scores that it and the baseline gave the same rows, a pair for each seed that both have. */
export interface ScoredComparison extends CellKey {
  /** [N] labels of the rows evaluated. */
  readonly labels: Float32Array;
  readonly seeds: number;
  /** Own scores and the baseline's, [N] each; one pair is held at a time. */
  readonly pairs: () => Iterable<readonly [Float32Array, Float32Array]>;
}

/**
 * Gains in AUC with seeds and rows both taken as samples (`seedsAndRowsTest`), by Holm over all comparisons. Lines with
 * fewer than two seeds, rows of one class, or scores that are the same as the baseline's are left out.
 */
export function otherRowsOf(comparisons: readonly ScoredComparison[]): OtherRowsRow[] {
  const tested = comparisons.flatMap(({ labels, seeds, pairs, ...key }) => {
    const clicks = labels.reduce((sum, label) => sum + label, 0);
    if (seeds < 2 || clicks === 0 || clicks === labels.length) return [];
    const differences = function* () {
      for (const [own, baseline] of pairs()) yield aucDifference(own, baseline, labels);
    };
    const test = seedsAndRowsTest(differences(), { level: 1 - ALPHA });
    return test.standardError <= ROUNDING ? [] : [{ key, seeds, test }];
  });
  const corrected = holm(tested.map(({ test }) => test.p));
  return tested.map(({ key, seeds, test }, i): OtherRowsRow => {
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
