import { DOUBLE, DuckDBDataChunk, ENUM, type DuckDBType } from '@duckdb/node-api';
import type { Loading } from '../database/loading.js';
import { literal, quoted } from '../database/sql.js';
import { INPUT_ROWS } from '../database/tables.js';
import { DOMAIN_COLUMN, fieldName, generateSynthetic, LABEL_COLUMN } from './generate.js';
import type { SyntheticOptions } from './options.js';
import { SyntheticProcess } from './process.js';

/** The column of the true click probability, where one is asked for. */
export const PROBABILITY_COLUMN = 'probability';

/**
 * Fills `INPUT_ROWS`. Columns are enumerations, which SQL treats as text: a cell takes one to four bytes. With
 * `probability` there is a last column of the true click probabilities (DOUBLE).
 * @returns [rows] the true click probabilities.
 */
export async function fillSynthetic(
  loading: Loading,
  options: SyntheticOptions,
  { probability = false }: { readonly probability?: boolean } = {},
): Promise<Float32Array> {
  const process = new SyntheticProcess(options);
  const { rows, domains, fields } = process.settings;
  const columns = [
    { name: DOMAIN_COLUMN, values: labels(DOMAIN_COLUMN, domains) },
    ...fields.map((size, f) => ({ name: fieldName(f), values: labels(fieldName(f), size) })),
    { name: LABEL_COLUMN, values: ['0', '1'] },
  ];
  const types: DuckDBType[] = [...columns.map(({ values }) => ENUM(values)), ...(probability ? [DOUBLE] : [])];
  const declared = [
    ...columns.map(({ name, values }) => `${quoted(name)} ENUM (${values.map(literal).join(', ')})`),
    ...(probability ? [`${PROBABILITY_COLUMN} DOUBLE`] : []),
  ];
  await loading.database.run(`CREATE TABLE ${INPUT_ROWS} (${declared.join(', ')})`);
  const appender = await loading.database.connection.createAppender(INPUT_ROWS);
  const oracle = new Float32Array(rows);
  let done = 0;
  for (const chunk of generateSynthetic(process)) {
    const target = DuckDBDataChunk.create(types, chunk.rows);
    [...chunk.columns, chunk.clicks].forEach((numbers, c) => {
      const vector = target.getColumnVector(c);
      const { values } = columns[c]!;
      for (let i = 0; i < chunk.rows; i++) vector.setItem(i, values[numbers[i]!]!);
      vector.flush();
    });
    if (probability) {
      const vector = target.getColumnVector(columns.length);
      for (let i = 0; i < chunk.rows; i++) vector.setItem(i, chunk.probability[i]!);
      vector.flush();
    }
    appender.appendDataChunk(target);
    oracle.set(chunk.probability.subarray(0, chunk.rows), done);
    done += chunk.rows;
  }
  appender.closeSync();
  return oracle;
}

const labels = (name: string, size: number): string[] => Array.from({ length: size }, (_, i) => `${name}_${i}`);
