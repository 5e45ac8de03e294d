import { countClasses } from './classes.js';
import { sortOrder } from './sort-order.js';

/** Where each row stands among the rows of the other class. */
export interface Placements {
  /** The mean placement of either class. */
  readonly auc: number;
  /**
   * [N] for a positive row the share of negatives that score below it, for a negative row the share of positives that
   * score above it; ties count one half.
   */
  readonly values: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * DeLong's structural components V10 and V01, from one sort: O(N log N), as by the mid-ranks of Sun and Xu.
 * Sources: DeLong, DeLong, Clarke-Pearson, Biometrics 1988, eq. 3 and 4; Sun and Xu, IEEE Signal Processing Letters 2014.
 * @param scores [N] not NaN; a Float32Array is sorted fastest. @param labels [N] 0 or 1.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for a score that is NaN, a label that is neither, rows of one class, lists of two lengths.
 */
export function placements(scores: ArrayLike<number>, labels: ArrayLike<number>): Placements {
  const { positives, negatives } = countClasses(scores, labels);
  const rows = scores.length;
  const order = sortOrder(scores);
  const values = new Float64Array(rows);
  let doubled = 0; // of pairs in the right order, a tie counting 1: exact up to 9e15
  let [negativesBelow, positivesBelow] = [0, 0];
  for (let start = 0, end = 0; start < rows; start = end) {
    const score = scores[order[start]!]!;
    let tied = 0; // positives among the rows of this score
    for (end = start; end < rows && scores[order[end]!]! === score; end++) tied += labels[order[end]!]!;
    const tiedNegatives = end - start - tied;
    const below = negativesBelow + tiedNegatives / 2;
    const above = positives - positivesBelow - tied / 2;
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      values[row] = labels[row] === 1 ? below / negatives : above / positives;
    }
    doubled += 2 * below * tied;
    negativesBelow += tiedNegatives;
    positivesBelow += tied;
  }
  return { auc: doubled / 2 / (positives * negatives), values, positives, negatives };
}
