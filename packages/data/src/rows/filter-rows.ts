import { MdctrError } from '@mdctr/base';
import { databaseError } from '../database/database-error.js';
import type { Loading } from '../database/loading.js';
import { FILTERED_ROWS, INPUT_ROWS, ROW_ATTRIBUTES } from '../database/tables.js';
import { CAST_FIRST } from './field-expressions.js';

/**
 * Leaves only the rows of `INPUT_ROWS` that meet a condition, with their numbers in the input as `mdctr_input_row`.
 * @param where SQL over the raw columns.
 * @throws MdctrError MDCTR_DATA_EXPRESSION, and MDCTR_DATA_TRAIN_EMPTY if no row meets it.
 */
export async function filterRows({ database }: Loading, where: string): Promise<void> {
  try {
    await database.run(
      `CREATE TABLE ${FILTERED_ROWS} AS SELECT rowid AS mdctr_input_row, * FROM ${INPUT_ROWS} WHERE (${where})`,
    );
  } catch (cause) {
    throw databaseError(
      'MDCTR_DATA_EXPRESSION',
      `The condition data.where, ${where}, does not work on this data.`,
      `${CAST_FIRST} Text stands in single quotes: tab = 'home'.`,
      cause,
      'data.where',
    );
  }
  const [kept] = await database.rows(`SELECT 1 FROM ${FILTERED_ROWS} LIMIT 1`);
  if (!kept) {
    throw new MdctrError('MDCTR_DATA_TRAIN_EMPTY', {
      what: 'No row meets the condition data.where.',
      path: 'data.where',
      found: where,
      hint: 'All raw columns are text: 7 and 7.0 differ. npx mdctr data describe shows what the columns hold.',
    });
  }
  await database.run(`DROP TABLE ${INPUT_ROWS}; ALTER TABLE ${FILTERED_ROWS} RENAME TO ${INPUT_ROWS}`);
  await database.compress();
}

/** Of numbers by row of the input, those of the rows that `filterRows` left, in their order. */
export async function ofRowsLeft({ database }: Loading, numbers: Float32Array): Promise<Float32Array> {
  const left: number[] = [];
  const sql = `SELECT mdctr_input_row FROM ${ROW_ATTRIBUTES} ORDER BY mdctr_position`;
  await database.column<bigint | number>(sql, (row) => left.push(numbers[Number(row)]!));
  return Float32Array.from(left);
}
