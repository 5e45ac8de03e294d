import { MdctrError } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { distinctValuesTable, ROW_ATTRIBUTES, ROWS_TO_ENCODE } from '../database/tables.js';
import { type FieldSpec, isNumeric } from '../options/field-spec.js';

/**
 * Makes the table of a field whose values are not ids themselves.
 * @throws MdctrError MDCTR_DATA_NUMBER for a value of a numeric field that is no number.
 */
export async function createDistinctValues(loading: Loading, column: string, field: FieldSpec): Promise<void> {
  if (isNumeric(field)) await refuseNoNumber(loading, column, field.name);
  await loading.database.run(
    `CREATE TABLE ${distinctValuesTable(column)} AS SELECT value, row_number() OVER (ORDER BY value)::INTEGER AS id, n FROM
     (SELECT ${column} AS value, count(*) FILTER (split = 0) AS n FROM ${ROWS_TO_ENCODE} WHERE ${column} IS NOT NULL GROUP BY 1)`,
  );
}

/** The distinct numbers of a column, by the id of their cell: [cells + 1], NaN for no value, which is number 0. */
export interface DistinctNumbers {
  readonly values: Float64Array;
  /** Training rows of each. */
  readonly rows: Float64Array;
}

export async function readNumbers(loading: Loading, column: string): Promise<DistinctNumbers> {
  const table = distinctValuesTable(column);
  const count = await loading.database.number(`SELECT count(*) FROM ${table}`);
  const [values, rows] = [new Float64Array(count + 1).fill(NaN), new Float64Array(count + 1)];
  await loading.database.numbers(`SELECT id, value::DOUBLE, n::DOUBLE FROM ${table}`, (ids, numbers, counts) => {
    for (let i = 0; i < ids.length; i++) {
      values[ids[i]!] = numbers[i]!;
      rows[ids[i]!] = counts[i]!;
    }
  });
  return { values, rows };
}

async function refuseNoNumber(loading: Loading, column: string, name: string): Promise<void> {
  const [bad] = await loading.database.rows(
    `SELECT a.mdctr_input_row, t.${column} FROM ${ROWS_TO_ENCODE} t JOIN ${ROW_ATTRIBUTES} a ON a.mdctr_position = t.row
     WHERE t.${column} IS NOT NULL AND coalesce(isinf(TRY_CAST(t.${column} AS DOUBLE)), true) ORDER BY t.row LIMIT 1`,
  );
  if (!bad) return;
  throw new MdctrError('MDCTR_DATA_NUMBER', {
    what: `A value of the numeric field "${name}" is no number.`,
    at: await loading.locate(Number(bad[0])),
    expected: 'a finite number; an empty cell, or nan, where there is none',
    found: JSON.stringify(bad[1]),
    hint: `Say what it means by an expression, e.g. nullif("${name}", ${`'${String(bad[1]).replaceAll("'", "''")}'`}), or take out the encoding.`,
  });
}
