import type { Loading } from '../database/loading.js';
import { ROWS_TO_ENCODE, vocabularyTable } from '../database/tables.js';

/**
 * Values of a column that come at least `minFrequency` times in the training rows, most frequent first, ties by value.
 */
export function learnVocabulary(loading: Loading, column: string, minFrequency: number): Promise<string[]> {
  const counted = `SELECT ${column} AS value, count(*) AS n FROM ${ROWS_TO_ENCODE} WHERE split = 0 AND ${column} IS NOT NULL GROUP BY 1`;
  return numberValues(loading, column, counted, minFrequency);
}

/** The same for the parts of a column's lists. */
export function learnPartVocabulary(
  loading: Loading,
  column: string,
  lists: string,
  minFrequency: number,
): Promise<string[]> {
  const parts = `SELECT unnest(parts) AS value, n FROM ${lists} WHERE n > 0`;
  return numberValues(loading, column, `SELECT value, sum(n) AS n FROM (${parts}) GROUP BY 1`, minFrequency);
}

async function numberValues(
  loading: Loading,
  column: string,
  counted: string,
  minFrequency: number,
): Promise<string[]> {
  const table = vocabularyTable(column);
  await loading.database.run(
    `CREATE TABLE ${table} AS SELECT value, row_number() OVER (ORDER BY n DESC, value)::INTEGER AS id FROM
     (SELECT value, n FROM (${counted}) WHERE n >= ${minFrequency})`,
  );
  const values: string[] = [];
  await loading.database.column<string>(`SELECT value FROM ${table} ORDER BY id`, (value) => values.push(value));
  return values;
}

/** The table of a vocabulary that was learned before. */
export async function restoreVocabulary(loading: Loading, column: string, values: readonly string[]): Promise<void> {
  await loading.database.numberedTable(vocabularyTable(column), values);
}
