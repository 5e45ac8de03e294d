import { rocAucOf } from './roc-auc.js';
import { groupRows, valuesOf } from './group-rows.js';
import { rank } from './ranking.js';

/** AUC inside groups, e.g. of users. */
export interface GroupAuc {
  /** Mean over the groups that have rows of both classes, weighted by their rows; null where none has. */
  readonly mean: number | null;
  /** Groups that have rows. */
  readonly groups: number;
  /** Those of them that have rows of both classes, and so an AUC. */
  readonly groupsWithAuc: number;
}

/** `groups` [N]: the group of each row; rows of negative ones are left out. */
export function groupAuc(scores: Float32Array, labels: Float32Array, groups: Int32Array): GroupAuc {
  const { order, starts } = groupRows(groups);
  let [count, defined, weight, sum] = [0, 0, 0, 0];
  for (let g = 0; g + 1 < starts.length; g++) {
    const rows = order.subarray(starts[g], starts[g + 1]);
    if (rows.length === 0) continue;
    const auc = aucOfRows(scores, labels, rows);
    count++;
    if (auc === undefined) continue;
    defined++;
    weight += rows.length;
    sum += rows.length * auc;
  }
  return { mean: defined === 0 ? null : sum / weight, groups: count, groupsWithAuc: defined };
}

/** Rows up to which counting pairs is faster than sorting. */
const FEW = 48;

function aucOfRows(scores: Float32Array, labels: Float32Array, rows: Int32Array): number | undefined {
  if (rows.length <= FEW) {
    const few = aucOfFew(scores, labels, rows);
    if (!Number.isNaN(few)) return few;
  }
  return rocAucOf(rank(valuesOf(scores, rows), valuesOf(labels, rows)));
}

/** By the definition, pair by pair; the same number, because counts and halves are exact. NaN where a score is none. */
function aucOfFew(scores: Float32Array, labels: Float32Array, rows: Int32Array): number | undefined {
  let [positives, twice] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const score = scores[rows[i]!]!;
    if (Number.isNaN(score)) return NaN;
    if (labels[rows[i]!] !== 1) continue;
    positives++;
    for (let j = 0; j < rows.length; j++) {
      const other = rows[j]!;
      if (labels[other] === 1) continue;
      if (scores[other]! < score) twice += 2;
      else if (scores[other] === score) twice += 1;
    }
  }
  const negatives = rows.length - positives;
  return positives === 0 || negatives === 0 ? undefined : twice / 2 / (positives * negatives);
}
