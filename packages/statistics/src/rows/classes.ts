import { requireSameLength, inputError } from '../require.js';

/**
 * Rows of either class, where a ranking of them has an AUC.
 * @param scores [N] @param labels [N]
 * @throws MdctrError MDCTR_STATISTICS_INPUT for a score that is NaN, a label other than 0 and 1, rows of one class, lists of two lengths.
 */
export function countClasses(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { positives: number; negatives: number } {
  requireSameLength(scores, labels, 'Scores and labels');
  const rows = labels.length;
  let positives = 0;
  for (let i = 0; i < rows; i++) {
    if (labels[i] === 1) positives++;
    else if (labels[i] !== 0) throw inputError('This is no label.', '0 or 1', `${labels[i]} at index ${i}`);
    if (Number.isNaN(scores[i])) throw inputError('A score is no number.', 'numbers', `NaN at index ${i}`);
  }
  if (positives > 0 && positives < rows) return { positives, negatives: rows - positives };
  throw inputError('An AUC needs rows of both classes.', 'labels 0 and 1', `${positives} clicks in ${rows} rows`);
}
