import { MdctrError, writeAtomic } from '@mdctr/base';
import { withLoading } from '../database/loading.js';
import { literal } from '../database/sql.js';
import { INPUT_ROWS } from '../database/tables.js';
import type { FileFormat } from '../formats/file-format.js';
import { formatOfPath, FORMATS } from '../formats/formats.js';
import { LABEL_COLUMN } from './generate.js';
import type { SyntheticOptions } from './options.js';
import { fillSynthetic } from './table.js';

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
  const format = copyOptions(path);
  if (format === undefined) {
    throw new MdctrError('MDCTR_DATA_FORMAT', {
      what: `The ending of ${path} says no format.`,
      expected: writtenEndings(),
      hint: 'Name the file by its format.',
    });
  }
  try {
    await writeAtomic(path, (temporary) =>
      withLoading('training', async (loading) => {
        await fillSynthetic(loading, options, { probability });
        // Text and a number, not enumerations, in formats that have types.
        const rows = `SELECT * REPLACE (${LABEL_COLUMN}::VARCHAR::UTINYINT AS ${LABEL_COLUMN}) FROM ${INPUT_ROWS}`;
        await loading.database.run(`COPY (${rows}) TO ${literal(temporary)} (${format})`);
      }),
    );
  } catch (error) {
    if (!/No space left on device/i.test((error as Error).message)) throw error;
    throw Object.assign(new Error(`ENOSPC: no space left on device, write '${path}'`), { code: 'ENOSPC' });
  }
}

/** What DuckDB writes, by the ending of the file; undefined where it says no format that is written. */
function copyOptions(path: string): string | undefined {
  const format = formatOfPath(path);
  if (!/\.gz$/i.test(path)) return format?.copyOptions;
  return format?.writesGzip ? `${format.copyOptions}, COMPRESSION gzip` : undefined;
}

/** The usual ending of each format: `.csv, .tsv (also with .gz), .parquet or .jsonl`. */
function writtenEndings(): string {
  const formats: FileFormat[] = Object.values(FORMATS);
  const endings = (gzip: boolean): string[] =>
    formats.filter(({ writesGzip }) => writesGzip === gzip).map((format) => `.${format.endings[0]}`);
  return `${endings(true).join(', ')} (also with .gz), ${endings(false).join(' or ')}`;
}
