import { MdctrError, itemAt } from '@mdctr/base';
import type { Loading, Locate } from '../database/loading.js';
import { literal, quoted } from '../database/sql.js';
import type { Readable } from '../formats/file-format.js';
import { emptyFile } from '../formats/format-errors.js';
import { openFile } from '../formats/open-file.js';
import type { InputFile } from './expand-patterns.js';
import { selectColumns } from './select-columns.js';

export interface ReadOptions {
  /** Name of a column to add with each file's name, without folder and endings. */
  readonly fileColumn?: string | undefined;
  /** How many rows to read at most, by the number of columns. */
  readonly limit?: ((columns: number) => number) | undefined;
}

/** What `readFiles` tells of the rows that it read. */
export interface ReadFiles {
  readonly locate: Locate;
  /** [files + 1] the first row of each file, and the number of rows at the end. */
  readonly starts: readonly number[];
  /** Whether these are all rows. */
  readonly whole: boolean;
}

/**
 * Reads files into a new table, one after the other, by column name. A column that a file lacks is empty there.
 * @throws MdctrError MDCTR_DATA_FILES, MDCTR_DATA_MISSING, MDCTR_DATA_EMPTY, MDCTR_DATA_CSV, MDCTR_DATA_ENCODING,
 * MDCTR_DATA_FORMAT, MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION.
 */
export async function readFiles(
  loading: Loading,
  table: string,
  inputs: readonly InputFile[],
  { fileColumn, limit }: ReadOptions = {},
): Promise<ReadFiles> {
  if (inputs.length === 0) throw noFiles();
  const files: Readable[] = [];
  for (const input of inputs) {
    const file = await openFile(loading, input);
    files.push(input.columns ? await selectColumns(loading, file, input.path, input.columns) : file);
  }
  const columns = [
    ...new Map(files.flatMap((file) => file.columns.map((name) => [name.toLowerCase(), name]))).values(),
  ];
  const isThere = fileColumn !== undefined && loading.mode === 'scoring' && columns.includes(fileColumn);
  const added = isThere ? undefined : fileColumn;
  if (added !== undefined) {
    refuseTakenName(added, columns);
    columns.push(added);
  }
  await loading.database.run(`CREATE TABLE ${table} (${columns.map((name) => `${quoted(name)} VARCHAR`).join(', ')})`);
  const starts: number[] = [];
  const most = limit?.(columns.length) ?? Infinity;
  let total = 0;
  for (const [i, file] of files.entries()) {
    if (total > most) break;
    starts.push(total);
    // One row more than wanted tells whether these are all.
    await insertFile(loading, table, file, { path: itemAt(inputs, i).path, fileColumn: added, most: most + 1 - total });
    total = await loading.database.number(`SELECT count(*) FROM ${table}`);
    if (total === starts[i]) throw emptyFile(itemAt(inputs, i).path);
  }
  const whole = total <= most;
  if (!whole) await loading.database.run(`DELETE FROM ${table} WHERE rowid >= ${most}`);
  return { locate: locator(files, starts), starts: [...starts, Math.min(total, most)], whole };
}

/** Appends the rows of one file to a table, at most `most` of them. */
async function insertFile(
  { database }: Loading,
  table: string,
  file: Readable,
  { path, fileColumn, most }: { readonly path: string; readonly fileColumn: string | undefined; readonly most: number },
): Promise<void> {
  const end = most === Infinity ? '' : ` LIMIT ${most}`;
  const named = fileColumn === undefined ? '' : `, ${literal(stem(path))} AS ${quoted(fileColumn)}`;
  try {
    await database.run(`INSERT INTO ${table} BY NAME SELECT *${named} FROM (${file.select})${end}`);
    await database.compress();
  } catch (cause) {
    throw await file.explain(cause);
  }
}

/** Finds the file of a row by where the rows of each begin. */
function locator(files: readonly Readable[], starts: readonly number[]): Locate {
  return (row) => {
    let file = starts.length - 1;
    while (starts[file]! > row) file--;
    return itemAt(files, file).locate(row - starts[file]!);
  };
}

/** `logs/2024-01.csv.gz` as `2024-01`. */
function stem(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.replace(/\.gz$/i, '').replace(/\.[^.]+$/, '');
}

function noFiles(): MdctrError {
  return new MdctrError('MDCTR_DATA_FILES', {
    what: 'No data file is named.',
    hint: 'Name one with --data FILE, or in data.source.files.',
  });
}

function refuseTakenName(name: string, columns: readonly string[]): void {
  if (!columns.some((column) => column.toLowerCase() === name.toLowerCase())) return;
  throw new MdctrError('MDCTR_DATA_COLUMN', {
    what: `The data have a column "${name}" already.`,
    path: 'data.source.fileColumn',
    hint: 'Choose another name.',
  });
}
