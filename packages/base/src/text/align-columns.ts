import { firstOf, itemAt } from '../collections/checked-access.js';

/**
 * Width of each column of a table of text: that of its longest cell.
 * @param rows at least one, the head included; all of one length.
 */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  return firstOf(rows).map((_, column) => Math.max(...rows.map((row) => itemAt(row, column).length)));
}

/**
 * One line of a table of text: cells two blanks apart, without blanks at the end.
 * @param widths as `columnWidths` gives them.
 * @param isRight whether a column is flush right; by default none is.
 */
export function alignCells(
  cells: readonly string[],
  widths: readonly number[],
  isRight: (column: number) => boolean = () => false,
): string {
  return cells
    .map((cell, i) => (isRight(i) ? cell.padStart(itemAt(widths, i)) : cell.padEnd(itemAt(widths, i))))
    .join('  ')
    .trimEnd();
}
