import { DuckDBDataChunk, ENUM, type DuckDBEnumType } from '@duckdb/node-api';
import { quoted, literal, withDatabase, type Database } from '../database.js';
import { RAW } from '../raw-table.js';
import { DOMAIN_COLUMN, fieldName, generateSynthetic, LABEL_COLUMN } from './generate.js';
import type { SyntheticOptions } from './options.js';
import { SyntheticProcess } from './process.js';

/**
 * Fills the raw table. Columns are enumerations, which SQL treats as text: a cell takes one to four bytes.
 * @returns [rows] the true click probabilities.
 */
export async function fillSynthetic(database: Database, options: SyntheticOptions): Promise<Float32Array> {
  const process = new SyntheticProcess(options);
  const { rows, domains, fields } = process.settings;
  const columns = [
    { name: DOMAIN_COLUMN, values: labels(DOMAIN_COLUMN, domains) },
    ...fields.map((size, f) => ({ name: fieldName(f), values: labels(fieldName(f), size) })),
    { name: LABEL_COLUMN, values: ['0', '1'] },
  ];
  const types: DuckDBEnumType[] = columns.map(({ values }) => ENUM(values));
  await database.run(
    `CREATE TABLE ${RAW} (${columns.map(({ name, values }) => `${quoted(name)} ENUM (${values.map(literal).join(', ')})`).join(', ')})`,
  );
  const appender = await database.connection.createAppender(RAW);
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
    appender.appendDataChunk(target);
    oracle.set(chunk.probability.subarray(0, chunk.rows), done);
    done += chunk.rows;
  }
  appender.closeSync();
  return oracle;
}

/** Writes the impressions of a process as CSV, with a header. */
export async function writeSyntheticCsv(options: SyntheticOptions, path: string): Promise<void> {
  await withDatabase(async (database) => {
    await fillSynthetic(database, options);
    await database.run(`COPY ${RAW} TO ${literal(path)} (FORMAT csv, HEADER)`);
  });
}

const labels = (name: string, size: number): string[] => Array.from({ length: size }, (_, i) => `${name}_${i}`);
