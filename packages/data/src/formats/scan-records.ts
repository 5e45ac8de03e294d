import { openBytes } from './open-bytes.js';

/** One record of a CSV file, as far as messages need it. */
export interface CsvRecord {
  /** Line of the file it begins in, from 1; a cell in quotes may hold line breaks. */
  readonly line: number;
  readonly cells: number;
  /** What is wrong with its quotes or line ends, if anything. */
  readonly fault?: string;
}

/** How a CSV file is written. */
export interface Dialect {
  readonly delimiter: string;
  /** Whether cells may stand in double quotes. */
  readonly quotes: boolean;
  readonly encoding: 'utf-8' | 'latin-1';
}

/** Gets a record and its index, from 0; true ends the walk. */
type Visit = (record: CsvRecord, index: number) => boolean;

/**
 * Walks over the records of a CSV file as DuckDB reads them (blank lines of a file of several columns are no records)
 * until `visit` returns true. Only errors need it: it finds the exact line, which DuckDB does not tell of a good row.
 */
export async function scanRecords(file: string, dialect: Dialect, visit: Visit): Promise<void> {
  const scanner = new RecordScanner(dialect, visit);
  let first = true;
  for await (const chunk of openBytes(file) as AsyncIterable<Buffer>) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    first = false;
    for (let i = marked ? 3 : 0; i < chunk.length; i++) if (scanner.take(chunk[i]!)) return;
  }
  scanner.end();
}

const [NEWLINE, RETURN, QUOTE] = [10, 13, 34];

type State = 'cell start' | 'text' | 'quoted' | 'quote in quotes' | 'after return';

/** Takes a CSV file byte by byte. */
class RecordScanner {
  private readonly separator: Buffer;
  private readonly quote: number;
  private state: State = 'cell start';
  /** How many of the separator's bytes the last bytes are. */
  private matched = 0;
  private line = 1;
  /** Line, cells and fault of the record so far, and whether it has no byte yet. */
  private start = 1;
  private cells = 1;
  private fault: string | undefined;
  private empty = true;
  private index = 0;
  /** Cells of the first record. */
  private width = 0;
  /** The byte before the line ends of the file: a return, or none (then a newline stands for it). */
  private ending: number | undefined;

  constructor(
    { delimiter, quotes, encoding }: Dialect,
    private readonly visit: Visit,
  ) {
    this.separator = Buffer.from(delimiter, encoding === 'utf-8' ? 'utf8' : 'latin1');
    this.quote = quotes ? QUOTE : -1;
  }

  /** Takes the next byte; true where the walk ends. */
  take(byte: number): boolean {
    const { separator } = this;
    if (this.state === 'quoted') {
      if (byte === this.quote) this.state = 'quote in quotes';
      else if (byte === NEWLINE) this.line++;
      return false;
    }
    this.matched = byte === separator[this.matched] ? this.matched + 1 : byte === separator[0] ? 1 : 0;
    if (byte === NEWLINE) return this.endLine();
    if (byte === RETURN) this.state = 'after return';
    else if (this.matched === separator.length) this.endCell();
    else {
      if (this.matched === 0) this.takeText(byte);
      this.empty = false;
    }
    return false;
  }

  /** Takes the end of the file. */
  end(): void {
    if (this.state === 'quoted') this.fault ??= 'a quote is never closed';
    if (!this.empty || this.state === 'quoted') this.endRecord();
  }

  private takeText(byte: number): void {
    const opens = byte === this.quote && (this.state === 'cell start' || this.state === 'quote in quotes');
    if (!opens && this.state === 'quote in quotes') this.fault ??= 'text follows a closing quote';
    this.state = opens ? 'quoted' : 'text';
  }

  private endCell(): void {
    this.cells++;
    this.state = 'cell start';
    this.matched = 0;
    this.empty = false;
  }

  private endLine(): boolean {
    const ending = this.state === 'after return' ? RETURN : NEWLINE;
    if (this.ending !== undefined && this.ending !== ending) {
      this.fault ??= 'it ends in another way (LF or CRLF) than the lines before';
    }
    this.ending ??= ending;
    this.line++;
    const stop = this.endRecord();
    this.start = this.line;
    return stop;
  }

  private endRecord(): boolean {
    const { start: line, cells, fault } = this;
    if (this.index === 0) this.width = cells;
    const blank = this.empty && cells === 1 && this.width > 1;
    const stop = !blank && this.visit({ line, cells, ...(fault !== undefined && { fault }) }, this.index++);
    this.state = 'cell start';
    this.cells = 1;
    this.empty = true;
    this.fault = undefined;
    return stop;
  }
}
