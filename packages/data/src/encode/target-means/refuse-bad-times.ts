import { MdctrError } from '@mdctr/base';
import type { Loading } from '../../database/loading.js';
import { quoted } from '../../database/sql.js';
import { INPUT_ROWS, ROW_ATTRIBUTES, targetOccurrences } from '../../database/tables.js';

/** @throws MdctrError MDCTR_DATA_SPLIT if a training row's time is neither number nor timestamp. */
export async function refuseBadTimes(loading: Loading, column: string, time: string): Promise<void> {
  const [bad] = await loading.database.rows(
    `SELECT a.mdctr_input_row, i.${quoted(time)} FROM ${targetOccurrences(column)} o
       JOIN ${ROW_ATTRIBUTES} a ON a.mdctr_position = o.row JOIN ${INPUT_ROWS} i ON i.rowid = o.row
     WHERE o.split = 0 AND o.time IS NULL ORDER BY o.row LIMIT 1`,
  );
  if (!bad) return;
  throw new MdctrError('MDCTR_DATA_SPLIT', {
    what: `The column "${time}", which a target mean goes back in, is not a time in every training row.`,
    at: await loading.locate(Number(bad[0])),
    expected: 'a number, e.g. milliseconds, or a timestamp like 2022-04-25 13:00:00',
    found: JSON.stringify(bad[1] ?? ''),
    hint: 'Leave such rows out with data.where, or take folds in place of `time`.',
  });
}
