import { itemAt } from '@mdctr/base';
import { columnNames } from '../../columns/column-names.js';
import { requireColumn } from '../../columns/require-column.js';
import type { Loading } from '../../database/loading.js';
import { quoted } from '../../database/sql.js';
import {
  distinctValuesTable,
  fieldColumn,
  INPUT_ROWS,
  listsTable,
  ROWS_TO_ENCODE,
  targetOccurrences,
} from '../../database/tables.js';
import type { FieldSpec, TargetMeanEncoding } from '../../options/field-spec.js';
import { partsOf } from '../../options/target-mean-parts.js';
import { timeExpression } from '../../rows/split-rows.js';
import { refuseBadTimes } from './refuse-bad-times.js';

/**
 * Makes the occurrences of a target mean. The fold of a training row is the second half of the MD5 of
 * `fold/ROW`, little-endian, modulo the number of folds: the same on every machine.
 * @throws MdctrError MDCTR_DATA_COLUMN, MDCTR_DATA_SPLIT for a column of times that is not there, or no time in every
 *   training row.
 */
export async function createOccurrences(
  loading: Loading,
  fields: readonly FieldSpec[],
  f: number,
  { folds, time }: TargetMeanEncoding,
): Promise<void> {
  const times = time !== undefined && loading.mode === 'training';
  if (times) requireColumn(time, await columnNames(loading), 'column of times', 'data.fields');
  const column = fieldColumn(f);
  const { list } = itemAt(fields, f);
  const parts = partsOf(fields, f).map((part, i) => {
    return `${list && i === 0 ? 'l.part' : `r.${fieldColumn(part)}`} AS p${i}`;
  });
  const fold = `(md5_number_lower('fold/' || r.row) % ${folds})::INTEGER`;
  await loading.database.run(
    `CREATE TABLE ${targetOccurrences(column)} AS SELECT r.row, ${list ? 'l.place' : '1'} AS place, r.split, r.label,
       CASE WHEN r.split = 0 THEN ${fold} ELSE -1 END AS fold,
       ${times ? timeExpression(`i.${quoted(time)}`) : 'NULL::DOUBLE'} AS time, ${parts.join(', ')}
     FROM ${ROWS_TO_ENCODE} r
       ${times ? `JOIN ${INPUT_ROWS} i ON i.rowid = r.row` : ''} ${list ? elementsOf(column) : ''}`,
  );
  if (times) await refuseBadTimes(loading, column, time);
}

/** The elements of each row's list, in their order. */
const elementsOf = (column: string): string =>
  `JOIN ${distinctValuesTable(column)} d ON d.value = r.${column}
   JOIN (SELECT id, unnest(parts) AS part, generate_subscripts(parts, 1) AS place FROM ${listsTable(column)}) l ON l.id = d.id`;
