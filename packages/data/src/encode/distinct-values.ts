import { MdctrError } from '@mdctr/core';
import type { Database } from '../database/database.js';
import { isNumeric, type FieldSpec } from '../options/field-spec.js';
import type { Locate } from '../read/read-files.js';
import { MARKS, TYPED } from '../rows/create-rows.js';

/** Table of the distinct values of a column of the typed view: value, id (from 1, by value), n (its training rows). */
export const cellsTable = (column: string): string => `cells_${column}`;

/**
 * Makes the table of a field whose values are not ids themselves.
 * @throws MdctrError MDCTR_DATA_NUMBER for a value of a numeric field that is no number.
 */
export async function createCells(database: Database, column: string, field: FieldSpec, locate: Locate): Promise<void> {
  if (isNumeric(field)) await refuseNoNumber(database, column, field.name, locate);
  await database.run(
    `CREATE TABLE ${cellsTable(column)} AS SELECT value, row_number() OVER (ORDER BY value)::INTEGER AS id, n FROM
     (SELECT ${column} AS value, count(*) FILTER (split = 0) AS n FROM ${TYPED} WHERE ${column} IS NOT NULL GROUP BY 1)`,
  );
}

/** The distinct numbers of a column, by the id of their cell: [cells + 1], NaN for no value, which is number 0. */
export interface CellNumbers {
  readonly values: Float64Array;
  /** Training rows of each. */
  readonly rows: Float64Array;
}

export async function readNumbers(database: Database, column: string): Promise<CellNumbers> {
  const table = cellsTable(column);
  const count = Number((await database.rows(`SELECT count(*) FROM ${table}`))[0]![0]);
  const [values, rows] = [new Float64Array(count + 1).fill(NaN), new Float64Array(count + 1)];
  await database.numbers(`SELECT id, value::DOUBLE, n::DOUBLE FROM ${table}`, ([ids, numbers, counts]) => {
    for (let i = 0; i < ids!.length; i++) {
      values[ids![i]!] = numbers![i]!;
      rows[ids![i]!] = counts![i]!;
    }
  });
  return { values, rows };
}

async function refuseNoNumber(database: Database, column: string, name: string, locate: Locate): Promise<void> {
  const [bad] = await database.rows(
    `SELECT m.mdctr_row, t.${column} FROM ${TYPED} t JOIN ${MARKS} m ON m.mdctr_position = t.row
     WHERE t.${column} IS NOT NULL AND coalesce(isinf(TRY_CAST(t.${column} AS DOUBLE)), true) ORDER BY t.row LIMIT 1`,
  );
  if (!bad) return;
  throw new MdctrError('MDCTR_DATA_NUMBER', {
    what: `A value of the numeric field "${name}" is no number.`,
    at: await locate(Number(bad[0])),
    expected: 'a finite number; an empty cell, or nan, where there is none',
    found: JSON.stringify(bad[1]),
    hint: `Say what it means by an expression, e.g. nullif("${name}", ${`'${String(bad[1]).replaceAll("'", "''")}'`}), or take out the encoding.`,
  });
}
