import { existsSync } from 'node:fs';
import { MdctrError } from '@mdctr/core';
import { literal, quoted, type Database } from '../database/database.js';
import { emptyFile, openFile, type InputFile, type Readable, type TableOptions } from '../formats/formats.js';
import { MissingFile } from '../formats/missing-file.js';
import { selectColumns } from './select-columns.js';

/** Table of the raw rows: every column text, empty cells null, `rowid` in the order of the input. */
export const RAW = 'raw';

/** Names a row of the input for messages. */
export type Locate = (row: number) => Promise<{ readonly file: string; readonly line?: number }>;

/**
 * The files that paths and patterns (`*`, `?`, `[...]`, `**`) stand for; those of a pattern sorted by name.
 * @throws MdctrError MDCTR_DATA_MISSING for a pattern that matches nothing.
 */
export async function expandPatterns(
  database: Database,
  paths: readonly string[],
  { format, csv, columns }: TableOptions = {},
): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    if (!/[*?[]/.test(path) || existsSync(path)) {
      files.push({ path, format, csv, columns });
      continue;
    }
    const matches = (await database.rows(`SELECT file FROM glob(${literal(path)})`)).map(([name]) => String(name));
    if (matches.length === 0) {
      throw new MissingFile(path, {
        what: `No file matches ${path}.`,
        hint: 'Check the pattern: * and ? match inside a folder, ** any folders.',
      });
    }
    files.push(...matches.sort().map((match) => ({ path: match, format, csv, columns })));
  }
  return files;
}

export interface ReadOptions {
  /** Rows to score may lack what a column is computed from, and may have computed columns and the file column already. */
  readonly toScore?: boolean;
  /** Name of a column to add with each file's name, without folder and endings. */
  readonly fileColumn?: string | undefined;
  /** How many rows to read at most, by the number of columns. */
  readonly limit?: ((columns: number) => number) | undefined;
}

/**
 * Reads files into a new table, one after the other, by column name. A column that a file lacks is empty there.
 * @returns also the first row of each file, and the number of rows at the end.
 * @throws MdctrError MDCTR_DATA_FILES, MDCTR_DATA_MISSING, MDCTR_DATA_EMPTY, MDCTR_DATA_CSV, MDCTR_DATA_ENCODING,
 * MDCTR_DATA_FORMAT, MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION.
 */
export async function readFiles(
  database: Database,
  table: string,
  inputs: readonly InputFile[],
  { fileColumn, limit, toScore = false }: ReadOptions = {},
): Promise<{ readonly locate: Locate; readonly starts: readonly number[]; readonly whole: boolean }> {
  if (inputs.length === 0) {
    throw new MdctrError('MDCTR_DATA_FILES', {
      what: 'No data file is named.',
      hint: 'Name one with --data FILE, or in data.source.files.',
    });
  }
  const files: Readable[] = [];
  for (const input of inputs) {
    const file = await openFile(database, input);
    files.push(input.columns ? await selectColumns(database, file, input.path, input.columns, toScore) : file);
  }
  const columns = [
    ...new Map(files.flatMap((file) => file.columns.map((name) => [name.toLowerCase(), name]))).values(),
  ];
  const added = fileColumn !== undefined && toScore && columns.includes(fileColumn) ? undefined : fileColumn;
  if (added !== undefined) {
    refuseTakenName(added, columns);
    columns.push(added);
  }
  await database.run(`CREATE TABLE ${table} (${columns.map((name) => `${quoted(name)} VARCHAR`).join(', ')})`);
  const starts: number[] = [];
  const most = limit?.(columns.length) ?? Infinity;
  let total = 0;
  for (const [i, file] of files.entries()) {
    const { path } = inputs[i]!;
    // One row more than wanted tells whether these are all.
    const end = most === Infinity ? '' : ` LIMIT ${most + 1 - total}`;
    if (total > most) break;
    const named = added === undefined ? '' : `, ${literal(stem(path))} AS ${quoted(added)}`;
    try {
      await database.run(`INSERT INTO ${table} BY NAME SELECT *${named} FROM (${file.select})${end}`);
      await database.compress();
    } catch (cause) {
      throw await file.explain(cause);
    }
    starts.push(total);
    total = Number((await database.rows(`SELECT count(*) FROM ${table}`))[0]![0]);
    if (total === starts[i]) throw emptyFile(path);
  }
  const locate: Locate = (row) => {
    let file = starts.length - 1;
    while (starts[file]! > row) file--;
    return files[file]!.locate(row - starts[file]!);
  };
  const whole = total <= most;
  if (!whole) await database.run(`DELETE FROM ${table} WHERE rowid >= ${most}`);
  return { locate, starts: [...starts, Math.min(total, most)], whole };
}

/** Names of a table's columns, in order. */
export async function rawColumns(database: Database, table = RAW): Promise<string[]> {
  const rows = await database.rows(
    `SELECT column_name FROM duckdb_columns() WHERE table_name = ${literal(table)} ORDER BY column_index`,
  );
  return rows.map(([name]) => String(name));
}

/** `logs/2024-01.csv.gz` as `2024-01`. */
function stem(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.replace(/\.gz$/i, '').replace(/\.[^.]+$/, '');
}

function refuseTakenName(name: string, columns: readonly string[]): void {
  if (!columns.some((column) => column.toLowerCase() === name.toLowerCase())) return;
  throw new MdctrError('MDCTR_DATA_COLUMN', {
    what: `The data have a column "${name}" already.`,
    path: 'data.source.fileColumn',
    hint: 'Choose another name.',
  });
}
