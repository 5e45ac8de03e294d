import { statSync } from 'node:fs';
import { MdctrError } from '@mdctr/core';
import { literal, quoted, type Database } from '../database/database.js';
import type { ColumnItem, CsvOptions } from '../options/file-source-options.js';
import { requireFile } from './missing-file.js';
import { firstNotJson, firstNotUtf8, lineOfRow } from './scan-lines.js';
import { readHeader, scanCsv, type Dialect } from './scan-csv.js';

export type Format = 'csv' | 'tsv' | 'parquet' | 'jsonl';

/** How the files of a table are read. */
export interface TableOptions {
  /** Overrules what their endings say. */
  readonly format?: Format | undefined;
  readonly csv?: CsvOptions | undefined;
  /** Columns to read, and to compute; all of the file without it. */
  readonly columns?: readonly ColumnItem[] | undefined;
}

/** One file to read. */
export interface InputFile extends TableOptions {
  readonly path: string;
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

/** Endings `.csv`, `.tsv`, `.parquet` (`.pq`), `.jsonl` (`.ndjson`), also with `.gz`; any other is read as CSV. */
export function formatOf({ path, format }: InputFile): Format {
  if (format) return format;
  const ending = /\.(\w+?)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === 'tsv') return 'tsv';
  if (ending === 'parquet' || ending === 'pq') return 'parquet';
  return ending === 'jsonl' || ending === 'ndjson' ? 'jsonl' : 'csv';
}

/**
 * Looks into a file.
 * @throws MdctrError MDCTR_DATA_MISSING, MDCTR_DATA_EMPTY, MDCTR_DATA_COLUMN (a name twice), MDCTR_DATA_FORMAT.
 */
export async function openFile(database: Database, input: InputFile): Promise<Readable> {
  const { path } = input;
  requireFile(path);
  if (statSync(path).size === 0) throw emptyFile(path);
  const format = formatOf(input);
  if (format === 'parquet' || format === 'jsonl') return openTyped(database, path, format);
  const { delimiter = format === 'tsv' ? '\t' : ',', quotes = true, encoding = 'utf-8', header } = input.csv ?? {};
  return openCsv(path, { delimiter, quotes, encoding }, header);
}

export function emptyFile(path: string): MdctrError {
  return new MdctrError('MDCTR_DATA_EMPTY', {
    what: `${path} has no rows.`,
    expected: 'at least one row (in CSV: below a header line)',
    hint: 'Look at what writes the file, or take it out of data.source.files.',
  });
}

/** `header`: the columns' names, of a file that has no header line. */
async function openCsv(path: string, dialect: Dialect, header: readonly string[] | undefined): Promise<Readable> {
  const { delimiter, quotes, encoding } = dialect;
  const explainEncoding = async (): Promise<MdctrError | undefined> =>
    encoding === 'utf-8' ? encodingError(path) : undefined;
  let columns: readonly string[];
  try {
    columns = header ?? (await readHeader(path, dialect));
  } catch (cause) {
    throw badFormat(path, delimiter === '\t' ? 'tsv' : 'csv', (cause as Error).message, cause);
  }
  const notText = columns.some((name) => /[\0\ufffd]/.test(name)) ? await explainEncoding() : undefined;
  if (notText) throw notText;
  refuseTwins(path, columns);
  const types = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const quote = quotes ? '"' : '';
  // Nothing is left to DuckDB's guess: it passes over lines that do not fit in silence.
  const options =
    `delim=${literal(delimiter)}, quote='${quote}', escape='${quote}', comment='', skip=0, header=${!header}, nullstr='', ` +
    `encoding='${encoding}', strict_mode=true, auto_detect=false, columns={${types}}`;
  return {
    columns,
    select: `SELECT * FROM read_csv(${pathLiteral(path)}, ${options})`,
    async locate(row) {
      let line = 1;
      await scanCsv(path, dialect, (record, index) => {
        line = record.line;
        return index === row + (header ? 0 : 1);
      });
      return { file: path, line };
    },
    explain: (cause) =>
      unlessUnreadable(path, 'csv', async () => {
        return (await explainEncoding()) ?? (await raggedError(path, dialect, header)) ?? badCsv(path, cause);
      }),
  };
}

/** What a closer look finds; a file that cannot even be looked at (a damaged archive, say) is told as such. */
async function unlessUnreadable(path: string, format: Format, look: () => Promise<MdctrError>): Promise<MdctrError> {
  try {
    return await look();
  } catch (cause) {
    return badFormat(path, format, (cause as Error).message, cause);
  }
}

/** The first record that is ragged or has faulty quotes. */
async function raggedError(
  path: string,
  dialect: Dialect,
  header: readonly string[] | undefined,
): Promise<MdctrError | undefined> {
  let expected = header?.length;
  let found: MdctrError | undefined;
  await scanCsv(path, dialect, ({ line, cells, fault }) => {
    expected ??= cells;
    if (cells === expected && fault === undefined) return false;
    found = new MdctrError('MDCTR_DATA_CSV', {
      what: `A line does not fit the ${header ? 'columns named under csv.header' : 'header'}.`,
      at: { file: path, line },
      expected: `${expected} cells, one line end throughout, quotes around whole cells and doubled inside`,
      found: fault ?? `${cells} cells`,
      hint: 'Put quotes around cells that hold the delimiter, a quote or a line break.',
    });
    return true;
  });
  return found;
}

function badCsv(path: string, cause: unknown): MdctrError {
  return badFormat(path, 'csv', (cause as Error).message, cause);
}

async function encodingError(path: string): Promise<MdctrError | undefined> {
  const bad = await firstNotUtf8(path);
  if (!bad) return undefined;
  const [found, hint] = ENCODINGS[bad.guess];
  return new MdctrError('MDCTR_DATA_ENCODING', {
    what: bad.guess === 'binary' ? 'The file is no text.' : 'A line is not UTF-8.',
    at: { file: path, line: bad.line },
    expected: 'UTF-8 throughout',
    found,
    hint,
  });
}

/** What a file that is not UTF-8 may be, and what to do about it. */
const ENCODINGS = {
  'UTF-16': ['bytes of UTF-16', 'Convert the file: iconv -f UTF-16 -t UTF-8 FILE > NEW'],
  'Latin-1 or GBK': [
    'bytes of another encoding (perhaps Latin-1 or GBK)',
    'Convert the file: iconv -f LATIN1 -t UTF-8 FILE > NEW; or name it: data.source.csv.encoding.',
  ],
  mixed: [
    'bytes of another encoding (perhaps Latin-1 or GBK) after lines of UTF-8',
    'The file has been put together from several: convert each to UTF-8 before.',
  ],
  binary: ['bytes that are no text', 'Unpack it, or name its format: data.source.format.'],
} as const;

async function openTyped(database: Database, path: string, format: 'parquet' | 'jsonl'): Promise<Readable> {
  const source =
    format === 'parquet'
      ? `read_parquet(${pathLiteral(path)}, binary_as_string=true)`
      : // Depth 1: every value stays JSON, so that no text is taken for a date and no long number for a float.
        `read_json(${pathLiteral(path)}, format='newline_delimited', maximum_depth=1, sample_size=-1)`;
  const explain = (cause: unknown): Promise<MdctrError> =>
    unlessUnreadable(path, format, async () => {
      const encoding = format === 'jsonl' ? await encodingError(path) : undefined;
      if (encoding) return encoding;
      const bad = format === 'jsonl' ? await firstNotJson(path) : undefined;
      return badFormat(path, format, bad?.why ?? (cause as Error).message, cause, bad?.line);
    });
  let described: unknown[][];
  try {
    described = await database.rows(`DESCRIBE SELECT * FROM ${source}`);
  } catch (cause) {
    throw await explain(cause);
  }
  const columns = described.map(([name]) => String(name));
  // Lines that are no objects are read as one column of this name.
  if (format === 'jsonl' && columns.join() === 'json' && (await firstNotJson(path))) throw await explain(new Error());
  refuseTwins(path, columns);
  const cells = described.map(([name, type]) => {
    const column = quoted(String(name));
    return `nullif(${format === 'parquet' ? parquetText(column, String(type)) : jsonText(column)}, '') AS ${column}`;
  });
  return {
    columns,
    select: `SELECT ${cells.join(', ')} FROM ${source}`,
    locate: async (row) =>
      format === 'jsonl' ? { file: path, line: await lineOfRow(path, row) } : { file: `${path} (row ${row + 1})` },
    explain,
  };
}

/** DuckDB's own text of a value; elements of a list are joined by `|`, structures become JSON. */
function parquetText(column: string, type: string): string {
  if (/^(STRUCT|MAP|UNION)\b/.test(type) || /^(STRUCT|MAP|UNION).*\]$/.test(type)) return `to_json(${column})::VARCHAR`;
  if (/\[\d*\]\[\d*\]$/.test(type)) return `to_json(${column})::VARCHAR`;
  return /\[\d*\]$/.test(type) ? `array_to_string(${column}::VARCHAR[], '|')` : `${column}::VARCHAR`;
}

function jsonText(column: string): string {
  const list = `array_to_string(from_json(${column}, '["VARCHAR"]'), '|')`;
  return `CASE json_type(${column}) WHEN 'ARRAY' THEN ${list} ELSE ${column} ->> '$' END`;
}

/** DuckDB's names do not tell `User` from `user`, and two columns of one name cannot be told apart at all. */
function refuseTwins(path: string, columns: readonly string[]): void {
  const lower = columns.map((name) => name.toLowerCase());
  const twin = lower.findIndex((name, i) => lower.indexOf(name) < i);
  if (twin < 0) return;
  const [first, second] = [columns[lower.indexOf(lower[twin]!)]!, columns[twin]!];
  throw new MdctrError('MDCTR_DATA_COLUMN', {
    what: `${path} has two columns of one name: "${first}"${first === second ? '' : ` and "${second}"`}.`,
    expected: 'names that differ, also without regard to capitals',
    hint: 'Rename one of them in the file.',
  });
}

function badFormat(path: string, format: Format, found: string, cause: unknown, line?: number): MdctrError {
  return new MdctrError('MDCTR_DATA_FORMAT', {
    what: `${path} cannot be read as ${FORMAT_NAMES[format]}.`,
    ...(line !== undefined && { at: { file: path, line } }),
    found: found.split('\n').slice(0, 2).join(' ').trim(),
    hint: 'Check the file, or name its format: data.source.format.',
    cause,
  });
}

const FORMAT_NAMES = { csv: 'CSV', tsv: 'TSV', parquet: 'Parquet', jsonl: 'JSON Lines (one object a line)' };

/** DuckDB takes `*`, `?` and `[` in a path for a pattern. */
function pathLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, '[$&]'));
}
