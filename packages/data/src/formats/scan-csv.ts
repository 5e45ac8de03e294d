import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** One record of a CSV file, as far as messages need it. */
export interface CsvRecord {
  /** Line of the file it begins in, from 1; a cell in quotes may hold line breaks. */
  readonly line: number;
  readonly cells: number;
  /** What is wrong with its quotes or line ends, if anything. */
  readonly fault?: string;
}

/** A file's bytes; those of a .gz file unpacked. */
export function openBytes(file: string): Readable {
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!/\.gz$/i.test(file)) return input;
  const gunzip = createGunzip();
  input.on('error', (error) => gunzip.destroy(error));
  return input.pipe(gunzip);
}

/** How a CSV file is written. */
export interface Dialect {
  readonly delimiter: string;
  /** Whether cells may stand in double quotes. */
  readonly quotes: boolean;
  readonly encoding: 'utf-8' | 'latin-1';
}

const [NEWLINE, RETURN, QUOTE] = [10, 13, 34];

/**
 * Walks over the records of a CSV file as DuckDB reads them (blank lines of a file of several columns are no records)
 * until `visit` returns true. Only errors need it: it finds the exact line, which DuckDB does not tell of a good row.
 */
export async function scanCsv(
  file: string,
  { delimiter, quotes, encoding }: Dialect,
  visit: (record: CsvRecord, index: number) => boolean,
): Promise<void> {
  const separator = Buffer.from(delimiter, encoding === 'utf-8' ? 'utf8' : 'latin1');
  const quote = quotes ? QUOTE : -1;
  /** Bytes of the separator that the last bytes are. */
  let matched = 0;
  let [line, start, cells, index, width] = [1, 1, 1, 0, 0];
  /** 0 at a cell's start, 1 inside plain text, 2 inside quotes, 3 after a quote inside quotes, 4 after a return. */
  let state = 0;
  let empty = true;
  let fault: string | undefined;
  let ending: number | undefined;
  const finish = (): boolean => {
    if (index === 0) width = cells;
    const blank = empty && cells === 1 && width > 1;
    const stop = !blank && visit({ line: start, cells, ...(fault !== undefined && { fault }) }, index++);
    [state, cells, empty, fault] = [0, 1, true, undefined];
    return stop;
  };
  let first = true;
  for await (const chunk of openBytes(file) as AsyncIterable<Buffer>) {
    const begin = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
    first = false;
    for (let i = begin; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (state !== 2) matched = byte === separator[matched] ? matched + 1 : byte === separator[0] ? 1 : 0;
      if (state === 2) {
        if (byte === quote) state = 3;
        else if (byte === NEWLINE) line++;
      } else if (byte === NEWLINE) {
        const kind = state === 4 ? RETURN : NEWLINE;
        if (ending !== undefined && ending !== kind)
          fault ??= 'it ends in another way (LF or CRLF) than the lines before';
        ending ??= kind;
        line++;
        if (finish()) return;
        start = line;
      } else if (byte === RETURN) state = 4;
      else if (matched === separator.length) {
        cells++;
        [state, matched] = [0, 0];
        empty = false;
      } else if (matched > 0) empty = false;
      else if (byte === quote && (state === 0 || state === 3)) {
        state = 2;
        empty = false;
      } else {
        if (state === 3) fault ??= 'text follows a closing quote';
        state = 1;
        empty = false;
      }
    }
  }
  if (state === 2) fault ??= 'a quote is never closed';
  if (!empty || state === 2) finish();
}

/** Names in the first record, without a byte order mark; an empty name becomes `column1` and so on, by position. */
export async function readHeader(file: string, dialect: Dialect): Promise<string[]> {
  const chunks: Buffer[] = [];
  let quotes = 0;
  reading: for await (const chunk of openBytes(file) as AsyncIterable<Buffer>) {
    for (let i = 0; i < chunk.length; i++) {
      if (dialect.quotes && chunk[i] === QUOTE) quotes++;
      else if (chunk[i] === NEWLINE && quotes % 2 === 0) {
        chunks.push(chunk.subarray(0, i));
        break reading;
      }
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks)
    .toString(dialect.encoding === 'utf-8' ? 'utf8' : 'latin1')
    .replace(/^\ufeff/, '')
    .replace(/\r$/, '');
  return splitRecord(text, dialect).map((name, i) => name || `column${i + 1}`);
}

function splitRecord(text: string, { delimiter, quotes }: Dialect): string[] {
  if (!quotes) return text.split(delimiter);
  const cells = [''];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted && char === '"' && text[i + 1] === '"') cells[cells.length - 1] += text[++i]!;
    else if (char === '"' && (quoted || cells.at(-1) === '')) quoted = !quoted;
    else if (!quoted && text.startsWith(delimiter, i)) {
      cells.push('');
      i += delimiter.length - 1;
    } else cells[cells.length - 1] += char;
  }
  return cells;
}
