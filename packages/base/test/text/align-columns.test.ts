import { expect, it } from 'vitest';
import { alignCells, columnWidths } from '../../src/index.js';

it('aligns the cells of a table', () => {
  const rows = [
    ['name', 'n'],
    ['a', '100'],
  ];
  const widths = columnWidths(rows);
  expect(widths).toEqual([4, 3]);
  expect(rows.map((row) => alignCells(row, widths, (column) => column === 1))).toEqual(['name    n', 'a     100']);
  expect(rows.map((row) => alignCells(row, widths))).toEqual(['name  n', 'a     100']);
});
