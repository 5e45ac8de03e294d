import { MdctrError } from '@mdctr/base';
import { columnNames } from '../columns/column-names.js';
import { requireColumn } from '../columns/require-column.js';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { INPUT_ROWS, ROW_ATTRIBUTES } from '../database/tables.js';
import { sharedFloat32 } from './shared-arrays.js';

/**
 * The weights of the rows in the training loss, by a raw column, scaled so that those of the training rows are 1 on average:
 * [rows]; 0 for other rows without a number.
 * @throws MdctrError MDCTR_DATA_COLUMN; MDCTR_DATA_WEIGHT for a training row whose weight is no number of 0 or more, and where
 *   all of them are 0.
 */
export async function encodeWeights(loading: Loading, column: string, rows: number): Promise<Float32Array> {
  requireColumn(column, await columnNames(loading), 'data.weight', 'data.weight');
  const { database } = loading;
  const cell = `r.${quoted(column)}`;
  const number = `TRY_CAST(${cell} AS DOUBLE)`;
  const joined = `${INPUT_ROWS} r JOIN ${ROW_ATTRIBUTES} a ON a.mdctr_position = r.rowid`;
  const [bad] = await database.rows(
    `SELECT a.mdctr_input_row, ${cell} FROM ${joined}
     WHERE a.mdctr_split = 0 AND coalesce(NOT isfinite(${number}) OR ${number} < 0, true) ORDER BY r.rowid LIMIT 1`,
  );
  if (bad) throw noWeight(column, await loading.locate(Number(bad[0])), bad[1]);
  const mean = await database.number(`SELECT avg(${number}) FROM ${joined} WHERE a.mdctr_split = 0`);
  if (mean === 0) {
    throw new MdctrError('MDCTR_DATA_WEIGHT', {
      what: `All training rows have the weight 0 in the column "${column}".`,
      path: 'data.weight',
      hint: 'Name another column, or leave data.weight out.',
    });
  }
  const weights = sharedFloat32(rows);
  await database.numbers(
    `SELECT r.rowid::INTEGER, (CASE WHEN isfinite(${number}) THEN greatest(${number}, 0) ELSE 0 END / ${mean})::FLOAT FROM ${joined}`,
    (row, weight) => {
      for (let i = 0; i < row.length; i++) weights[row[i]!] = weight[i]!;
    },
  );
  return weights;
}

function noWeight(column: string, at: { file: string; line?: number }, found: unknown): MdctrError {
  return new MdctrError('MDCTR_DATA_WEIGHT', {
    what: `A training row's weight, in the column "${column}", is no number of 0 or more.`,
    at,
    path: 'data.weight',
    expected: 'a number of 0 or more in every training row',
    found: JSON.stringify(found ?? ''),
    hint: 'Leave such rows out with data.where, or name another column.',
  });
}
