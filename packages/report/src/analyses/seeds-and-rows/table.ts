import { cellColumns, decimals, formatGain } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import { verdictsOf } from '../../text/verdicts.js';
import type { SeedsAndRowsRow } from './types.js';

/** Gains with their errors of seeds and of rows. */
export function seedsAndRowsTable(rows: readonly SeedsAndRowsRow[], baseline: string): TextTable {
  return tableOf(
    'AUC gain, seeds and rows both taken as samples',
    [
      ...cellColumns(rows),
      { heading: 'AUC gain', cell: ({ gain }) => formatGain(gain) },
      { heading: 'error of seeds', cell: ({ seedError }) => decimals(seedError) },
      { heading: 'error of rows', cell: ({ rowError }) => decimals(rowError) },
    ],
    rows,
    [
      `Over "${baseline}": ${verdictsOf(
        rows.map(({ gain }) => gain),
        { test: 'test of Obuchowski and Rockette over seeds and rows', about: 'other seeds and other rows' },
      )}.`,
    ],
  );
}
