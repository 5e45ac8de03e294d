import type { Database } from './database.js';
import type { FeatureMap } from './feature-map.js';
import { hasVocabulary } from './field-spec.js';
import { TYPED } from './typed-table.js';

/** Table of the values (text, none twice) and ids (from 1) of a column of the typed view. */
export const vocabularyTable = (column: string): string => `vocabulary_${column}`;

/** Values of a column that come at least `minFrequency` times in the training rows, most frequent first, ties by value. */
export async function learnVocabulary(database: Database, column: string, minFrequency: number): Promise<string[]> {
  const table = vocabularyTable(column);
  await database.run(
    `CREATE TABLE ${table} AS SELECT value, row_number() OVER (ORDER BY n DESC, value)::INTEGER AS id FROM
     (SELECT ${column} AS value, count(*) AS n FROM ${TYPED} WHERE split = 0 AND ${column} IS NOT NULL
      GROUP BY 1 HAVING count(*) >= ${minFrequency})`,
  );
  const values: string[] = [];
  await database.column<string>(`SELECT value FROM ${table} ORDER BY id`, (value) => values.push(value));
  return values;
}

/** The tables of a feature map that was learned before. */
export async function restoreVocabularies(database: Database, map: FeatureMap): Promise<void> {
  const { fields, vocabularies, schema } = map;
  for (const [i, values] of vocabularies.entries()) {
    if (hasVocabulary(fields[i]!)) await database.numberedTable(vocabularyTable(`f${i}`), values);
  }
  await database.numberedTable(vocabularyTable('domain'), schema.domains.slice(1));
}
