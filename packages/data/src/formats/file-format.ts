import type { MdctrError } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import type { CsvOptions } from './csv-options.js';

/** A file format: how files of it are found, read and written. */
export interface FileFormat {
  /** Its name in messages. */
  readonly title: string;
  /** Endings of its files, in lower case, without the dot; the first is the usual one. */
  readonly endings: readonly string[];
  /**
   * Looks into a file that is there and not empty.
   * @throws MdctrError MDCTR_DATA_EMPTY, MDCTR_DATA_COLUMN (a name twice), MDCTR_DATA_ENCODING, MDCTR_DATA_FORMAT.
   */
  open(loading: Loading, path: string, csv?: CsvOptions): Promise<Readable>;
  /** What DuckDB's `COPY ... TO` takes. */
  readonly copyOptions: string;
  /** Whether files are also written as `.gz`. They are read as such in any case. */
  readonly writesGzip: boolean;
}

/** A file as DuckDB reads it: every column as text. */
export interface Readable {
  readonly columns: readonly string[];
  /** `SELECT ... FROM read_...`: all columns, text, no value and the empty text both null. */
  readonly select: string;
  /** Where the row of that index (from 0) stands. */
  locate(row: number): Promise<{ readonly file: string; readonly line?: number }>;
  /** The error that a failed read comes from. */
  explain(cause: unknown): Promise<MdctrError>;
}
