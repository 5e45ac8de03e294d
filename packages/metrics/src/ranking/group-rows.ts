/** Rows by group: those of group g, ascending, are `order` from `starts[g]` up to `starts[g + 1]`. */
export interface GroupedRows {
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/** Sorts rows by group [N], numbers from 0, by counting; rows of negative groups are left out. */
export function groupRows(groups: Int32Array): GroupedRows {
  let largest = -1;
  for (let row = 0; row < groups.length; row++) if (groups[row]! > largest) largest = groups[row]!;
  const starts = new Int32Array(largest + 2);
  for (let row = 0; row < groups.length; row++) if (groups[row]! >= 0) starts[groups[row]! + 1]!++;
  for (let g = 0; g <= largest; g++) starts[g + 1]! += starts[g]!;
  const next = starts.slice();
  const order = new Int32Array(starts[largest + 1]!);
  for (let row = 0; row < groups.length; row++) if (groups[row]! >= 0) order[next[groups[row]!]!++] = row;
  return { order, starts };
}

/** The rows of group g, ascending; none for a group that is beyond the largest. */
export const rowsOfGroup = ({ order, starts }: GroupedRows, g: number): Int32Array =>
  order.subarray(starts[g] ?? order.length, starts[g + 1] ?? order.length);

/** Values [N] of some rows. */
export function valuesOf<T extends Float32Array | Int32Array>(values: T, rows: Int32Array): T {
  const taken = new (values.constructor as new (length: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}
