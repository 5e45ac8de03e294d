import type { Database } from '../database/database.js';
import { TYPED } from '../rows/create-rows.js';

/** Table of the values (text, none twice) and ids (from 1) of a column of the typed view. */
export const vocabularyTable = (column: string): string => `vocabulary_${column}`;

/** Values of a column that come at least `minFrequency` times in the training rows, most frequent first, ties by value. */
export function learnVocabulary(database: Database, column: string, minFrequency: number): Promise<string[]> {
  const counted = `SELECT ${column} AS value, count(*) AS n FROM ${TYPED} WHERE split = 0 AND ${column} IS NOT NULL GROUP BY 1`;
  return numberValues(database, column, counted, minFrequency);
}

/** The same for the parts of a column's lists. */
export function learnPartVocabulary(
  database: Database,
  column: string,
  lists: string,
  minFrequency: number,
): Promise<string[]> {
  const parts = `SELECT unnest(parts) AS value, n FROM ${lists} WHERE n > 0`;
  return numberValues(database, column, `SELECT value, sum(n) AS n FROM (${parts}) GROUP BY 1`, minFrequency);
}

async function numberValues(
  database: Database,
  column: string,
  counted: string,
  minFrequency: number,
): Promise<string[]> {
  const table = vocabularyTable(column);
  await database.run(
    `CREATE TABLE ${table} AS SELECT value, row_number() OVER (ORDER BY n DESC, value)::INTEGER AS id FROM
     (SELECT value, n FROM (${counted}) WHERE n >= ${minFrequency})`,
  );
  const values: string[] = [];
  await database.column<string>(`SELECT value FROM ${table} ORDER BY id`, (value) => values.push(value));
  return values;
}

/** The table of a vocabulary that was learned before. */
export async function restoreVocabulary(database: Database, column: string, values: readonly string[]): Promise<void> {
  await database.numberedTable(vocabularyTable(column), values);
}
