import { statSync } from 'node:fs';
import type { Loading } from '../database/loading.js';
import type { CsvOptions } from './csv-options.js';
import type { Readable } from './file-format.js';
import { emptyFile } from './format-errors.js';
import { type Format, formatOfPath, FORMATS } from './formats.js';
import { requireFile } from './missing-file.js';

/** One file, and how it is to be read. */
export interface FormattedFile {
  readonly path: string;
  /** Overrules what the ending says; a file whose ending says nothing is read as CSV. */
  readonly format?: Format | undefined;
  readonly csv?: CsvOptions | undefined;
}

/**
 * Looks into a file.
 * @throws MdctrError MDCTR_DATA_MISSING, MDCTR_DATA_EMPTY, MDCTR_DATA_COLUMN (a name twice), MDCTR_DATA_ENCODING,
 * MDCTR_DATA_FORMAT.
 */
export async function openFile(loading: Loading, { path, format, csv }: FormattedFile): Promise<Readable> {
  requireFile(path);
  if (statSync(path).size === 0) throw emptyFile(path);
  const found = format ? FORMATS[format] : (formatOfPath(path) ?? FORMATS.csv);
  return found.open(loading, path, csv);
}
