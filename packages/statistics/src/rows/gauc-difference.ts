import { requireSameLength, inputError } from '../require.js';
import { meanDifference, type RowDifference } from './difference.js';
import { groupRows } from './group-rows.js';
import { placements } from './placements.js';

/**
 * The difference of two GAUCs: of the AUCs inside groups, averaged by the groups' rows; groups of one class are left out.
 * The groups are what was sampled: `influence` has one entry a group that counts. For users, sessions, queries; not for a
 * few domains, which are always the same ones (for those: `pairedBootstrap` with the domains as strata).
 * @param first [N] scores of one model. @param second [N] those of the other. @param labels [N] 0 or 1.
 * @param groups [N] group of each row, numbers from 0.
 * @throws MdctrError MDCTR_STATISTICS_INPUT as `placements` does, for a negative group, and for fewer than two groups
 *   that have both classes.
 */
export function gaucDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: Int32Array,
): RowDifference {
  requireSameLength(first, second, 'Scores of the two models');
  requireSameLength(first, labels, 'Scores and labels');
  const { members, starts } = groupRows(groups, first.length);
  const [firstAucs, secondAucs, sizes]: [number[], number[], number[]] = [[], [], []];
  for (let g = 0; g + 1 < starts.length; g++) {
    const rows = members.subarray(starts[g], starts[g + 1]);
    const groupLabels = Float32Array.from(rows, (row) => labels[row]!);
    if (groupLabels.every((label) => label === groupLabels[0])) continue;
    firstAucs.push(placements(pick(first, rows), groupLabels).auc);
    secondAucs.push(placements(pick(second, rows), groupLabels).auc);
    sizes.push(rows.length);
  }
  if (sizes.length >= 2) return meanDifference(firstAucs, secondAucs, sizes);
  throw inputError('Too few groups have rows of both classes.', '2 or more', sizes.length);
}

const pick = (scores: ArrayLike<number>, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => scores[row]!);
