import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import type { Readable } from './file-format.js';
import { refuseEqualNames } from './format-errors.js';

/** A file of a format in which values have types, which tells its columns itself. */
export interface TypedFile extends Pick<Readable, 'locate' | 'explain'> {
  /** SQL: the table function that reads it. */
  readonly source: string;
  /** SQL: a value as text. */
  readonly text: (column: string, type: string) => string;
  /** Refuses a file whose columns say that it is not of the format. */
  readonly check?: (columns: readonly string[]) => Promise<void>;
}

/** Looks into a file whose values have types. */
export async function openTyped(loading: Loading, path: string, file: TypedFile): Promise<Readable> {
  const { source, text, locate, explain, check } = file;
  let described: unknown[][];
  try {
    described = await loading.database.rows(`DESCRIBE SELECT * FROM ${source}`);
  } catch (cause) {
    throw await explain(cause);
  }
  const columns = described.map(([name]) => String(name));
  await check?.(columns);
  refuseEqualNames(path, columns);
  const cells = described.map(([name, type]) => {
    const column = quoted(String(name));
    return `nullif(${text(column, String(type))}, '') AS ${column}`;
  });
  return { columns, select: `SELECT ${cells.join(', ')} FROM ${source}`, locate, explain };
}
