import { requireSameLength, inputError } from '../require.js';

/** Rows by group: those of the g-th group that has any are `members` from `starts[g]` up to `starts[g + 1]`. */
export interface GroupedRows {
  /** [N] row numbers, ascending inside a group. */
  readonly members: Int32Array;
  /** [groups + 1] */
  readonly starts: Int32Array;
}

/**
 * Sorts rows by group, by counting.
 * @param groups [N] numbers from 0, not much larger than N; some may have no row. @param rows N
 * @throws MdctrError MDCTR_STATISTICS_INPUT for a negative group, and for a list of another length.
 */
export function groupRows(groups: Int32Array, rows: number): GroupedRows {
  requireSameLength({ length: rows }, groups, 'Rows and their groups or strata');
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const group = groups[row]!;
    if (group < 0) throw inputError('A row has no group.', 'numbers from 0', `${group} at index ${row}`);
    if (group >= count) count = group + 1;
  }
  const next = new Int32Array(count + 1);
  for (let row = 0; row < rows; row++) next[groups[row]! + 1]!++;
  for (let g = 0; g < count; g++) next[g + 1]! += next[g]!;
  const starts = next.filter((start, g) => g === count || start < next[g + 1]!);
  const members = new Int32Array(rows);
  for (let row = 0; row < rows; row++) members[next[groups[row]!]!++] = row;
  return { members, starts };
}
