import { columnNames } from '../columns/column-names.js';
import { requireColumn } from '../columns/require-column.js';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { INPUT_ROWS } from '../database/tables.js';
import { sharedInt32 } from './shared-arrays.js';

/**
 * The rows' groups by a raw column, which need not be a field: [rows] numbers from 0, in the order of the values; -1
 * for rows without a value.
 * @throws MdctrError MDCTR_DATA_COLUMN.
 */
export async function encodeGroups(loading: Loading, column: string, rows: number): Promise<Int32Array> {
  requireColumn(column, await columnNames(loading), 'data.gaucBy', 'data.gaucBy');
  const groups = sharedInt32(rows).fill(-1);
  const value = quoted(column);
  await loading.database.numbers(
    `SELECT r.rowid::INTEGER, g.id FROM ${INPUT_ROWS} r JOIN
       (SELECT value, (row_number() OVER (ORDER BY value) - 1)::INTEGER AS id
        FROM (SELECT DISTINCT ${value} AS value FROM ${INPUT_ROWS} WHERE ${value} IS NOT NULL)) g
       ON r.${value} = g.value`,
    (row, id) => {
      for (let i = 0; i < row.length; i++) groups[row[i]!] = id[i]!;
    },
  );
  return groups;
}
