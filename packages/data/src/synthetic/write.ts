import { MdctrError, writeWhole } from '@mdctr/core';
import { literal, withDatabase } from '../database/database.js';
import { RAW } from '../read/read-files.js';
import { LABEL_COLUMN } from './generate.js';
import type { SyntheticOptions } from './options.js';
import { fillSynthetic } from './table.js';

/** What DuckDB writes, by the ending of the file. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/\.csv$/i, 'FORMAT csv, HEADER'],
  [/\.csv\.gz$/i, 'FORMAT csv, HEADER, COMPRESSION gzip'],
  [/\.tsv$/i, "FORMAT csv, HEADER, DELIMITER '\t'"],
  [/\.tsv\.gz$/i, "FORMAT csv, HEADER, DELIMITER '\t', COMPRESSION gzip"],
  [/\.(parquet|pq)$/i, 'FORMAT parquet'],
  [/\.(jsonl|ndjson)$/i, 'FORMAT json'],
];

/**
 * Writes the impressions of a process, in the order in which they are drawn: the domain, the fields (text), the click (0
 * or 1) and, if asked for, the true click probability. CSV, TSV (also .gz), Parquet or JSON Lines, by the ending.
 * The file appears as a whole or not at all.
 * @throws MdctrError MDCTR_DATA_FORMAT for another ending, MDCTR_DATA_SYNTHETIC; an error of code ENOSPC.
 */
export async function writeSynthetic(
  options: SyntheticOptions,
  path: string,
  { probability = false }: { readonly probability?: boolean } = {},
): Promise<void> {
  const format = FORMATS.find(([ending]) => ending.test(path))?.[1];
  if (format === undefined) {
    throw new MdctrError('MDCTR_DATA_FORMAT', {
      what: `The ending of ${path} says no format.`,
      expected: '.csv, .tsv (also with .gz), .parquet or .jsonl',
      hint: 'Name the file by its format.',
    });
  }
  try {
    await writeWhole(path, (temporary) =>
      withDatabase(async (database) => {
        await fillSynthetic(database, options, { probability });
        // Text and a number, not enumerations, in formats that have types.
        const rows = `SELECT * REPLACE (${LABEL_COLUMN}::VARCHAR::UTINYINT AS ${LABEL_COLUMN}) FROM ${RAW}`;
        await database.run(`COPY (${rows}) TO ${literal(temporary)} (${format})`);
      }),
    );
  } catch (error) {
    if (!/No space left on device/i.test((error as Error).message)) throw error;
    throw Object.assign(new Error(`ENOSPC: no space left on device, write '${path}'`), { code: 'ENOSPC' });
  }
}
