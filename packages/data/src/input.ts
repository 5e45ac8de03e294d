import { resolve } from 'node:path';
import type { Database } from './database.js';
import type { Format } from './formats.js';
import { joinTables, type Join } from './join-tables.js';
import type { LoadContext } from './load.js';
import type { DataOptions } from './options.js';
import { expandPatterns, RAW, readFiles, type Locate } from './raw-table.js';

/** Files with their side tables; all paths absolute. */
export interface Input {
  readonly files: readonly string[];
  readonly format?: Format | undefined;
  readonly fileColumn?: string | undefined;
  readonly joins: readonly Join[];
}

/** What an artifact remembers of its training's input: what further rows need in order to have the same columns. */
export type PersistentInput = Pick<Input, 'fileColumn' | 'joins'>;

/** The input that options name; `context.files` replaces the files, not the side tables. */
export function inputOf({ source }: DataOptions, { files, resolvePath }: LoadContext): Input {
  const absolute = (place: readonly (string | number)[], path: string): string =>
    resolvePath?.(['source', ...place], path) ?? resolve(path);
  const replaced = files?.map((file) => resolve(file));
  if (source.kind === 'synthetic') return { files: replaced ?? [], joins: [] };
  const { format, fileColumn } = source;
  return {
    files: replaced ?? source.files.map((file, i) => absolute(['files', i], file)),
    ...(format && { format }),
    ...(fileColumn !== undefined && { fileColumn }),
    joins: source.joins.map((join, i) => ({
      ...join,
      files: join.files.map((file, j) => absolute(['joins', i, 'files', j], file)),
    })),
  };
}

/**
 * Reads an input into the raw table. With `toScore`, rows may hold a side table's columns, or the file column, already:
 * then they are taken as they are.
 */
export async function readInput(
  database: Database,
  { files, format, fileColumn, joins }: Input,
  toScore = false,
): Promise<{ readonly locate: Locate; readonly persistent: PersistentInput | undefined }> {
  const inputs = await expandPatterns(database, files, format);
  const locate = await readFiles(
    database,
    RAW,
    inputs,
    fileColumn === undefined ? undefined : { name: fileColumn, toScore },
  );
  const resolved = await joinTables(database, joins, toScore);
  if (fileColumn === undefined && joins.length === 0) return { locate, persistent: undefined };
  return { locate, persistent: { ...(fileColumn !== undefined && { fileColumn }), joins: resolved } };
}
