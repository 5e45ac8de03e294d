import { alignCells, columnWidths } from '@mdctr/base';

/** Lines of a table: cells under their heads, two blanks apart; columns whose number is among `right` flush right. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) => alignCells(row, widths, (column) => right.includes(column)));
}
