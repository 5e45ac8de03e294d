import { aucOf } from './auc.js';
import { rank } from './ranking.js';

/** AUC inside groups, e.g. of users. */
export interface GroupMetrics {
  /**
   * AUC inside each group, averaged by the group's rows; groups of one class are left out, and so are rows without a
   * group. null where no group has both classes. Source: Zhu et al., KDD 2018, arXiv 1706.06978, eq. 7.
   */
  readonly groupGauc: number | null;
  /** Groups that have rows. */
  readonly groups: number;
  /** Those of them that have rows of both classes, and so an AUC. */
  readonly groupsWithAuc: number;
}

/** `groups` [N]: the group of each row; negative for none. */
export function groupAuc(scores: Float32Array, labels: Float32Array, groups: Int32Array): GroupMetrics {
  const rows = scores.length;
  // Sorted by group, then by row: one number a row, exact below 2^53.
  const keys = Float64Array.from(groups, (group, row) => group * rows + row).sort();
  const order = Int32Array.from(keys, (key) => ((key % rows) + rows) % rows);
  let begin = order.findIndex((row) => groups[row]! >= 0);
  if (begin < 0) begin = rows;
  let [count, defined, weight, sum] = [0, 0, 0, 0];
  while (begin < rows) {
    let end = begin + 1;
    while (end < rows && groups[order[end]!] === groups[order[begin]!]) end++;
    const own = order.subarray(begin, end);
    const auc = aucOf(
      rank(
        Float32Array.from(own, (row) => scores[row]!),
        Float32Array.from(own, (row) => labels[row]!),
      ),
    );
    count++;
    if (auc !== undefined) {
      defined++;
      weight += own.length;
      sum += own.length * auc;
    }
    begin = end;
  }
  return { groupGauc: defined === 0 ? null : sum / weight, groups: count, groupsWithAuc: defined };
}
