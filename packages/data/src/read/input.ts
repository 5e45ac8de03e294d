import { resolve } from 'node:path';
import type { Database } from '../database/database.js';
import type { InputFile, TableOptions } from '../formats/formats.js';
import { joinTables, type Join } from './join-tables.js';
import type { LoadContext } from '../load.js';
import type { DataOptions } from '../options/data-options.js';
import { expandPatterns, RAW, readFiles, type Locate } from './read-files.js';
import { refuseSharedFiles } from './refuse-shared-files.js';
import type { FileStarts } from '../rows/split-rows.js';

/** Files with their side tables; all paths absolute. */
export interface Input extends TableOptions {
  readonly files: readonly string[];
  /** Files of a split by file; `files` are then the training rows. */
  readonly splitFiles?: { readonly validation: readonly string[]; readonly test: readonly string[] } | undefined;
  readonly fileColumn?: string | undefined;
  readonly joins: readonly Join[];
}

/**
 * What an artifact remembers of its training's input: what further rows need in order to have the same columns.
 * `format` and `csv` are for files with one of these `endings`; others are read by their own ending.
 */
export type PersistentInput = Pick<Input, 'fileColumn' | 'joins' | keyof TableOptions> & {
  readonly endings?: readonly string[];
};

/** The input that options name; `context.files` replaces the files, not the side tables. */
export function inputOf({ source, split }: DataOptions, { files, resolvePath }: LoadContext): Input {
  const absolute = (place: readonly (string | number)[], paths: readonly string[]): string[] =>
    paths.map((path, i) => resolvePath?.([...place, i], path) ?? resolve(path));
  const replaced = files?.map((file) => resolve(file));
  if (source.kind === 'synthetic') return { files: replaced ?? [], joins: [] };
  const { format, csv, columns, fileColumn } = source;
  return {
    files: replaced ?? absolute(['source', 'files'], source.files),
    ...(split.by === 'file' && {
      splitFiles: {
        validation: absolute(['split', 'validation'], split.validation),
        test: absolute(['split', 'test'], split.test),
      },
    }),
    ...(format && { format }),
    ...(csv && { csv }),
    ...(columns && { columns }),
    ...(fileColumn !== undefined && { fileColumn }),
    joins: source.joins.map((join, i) => ({
      ...join,
      files: absolute(['source', 'joins', i, 'files'], join.files),
    })),
  };
}

/** What `readInput` tells of the rows that it read. */
export interface ReadInput {
  readonly locate: Locate;
  /** Rows that were read; `whole` if these are all. */
  readonly rows: number;
  readonly whole: boolean;
  readonly fileStarts?: FileStarts;
  readonly persistent?: PersistentInput;
}

/**
 * Reads an input into the raw table. With `toScore`, rows may hold a side table's columns, computed ones or the file
 * column already: then they are taken as they are. `limit` says how many rows to read at most, by the number of columns.
 */
export async function readInput(
  database: Database,
  input: Input & Pick<PersistentInput, 'endings'>,
  { toScore = false, limit }: { readonly toScore?: boolean; readonly limit?: (columns: number) => number } = {},
): Promise<ReadInput> {
  const { files, splitFiles, fileColumn, joins, endings } = input;
  const groups = [files, splitFiles?.validation ?? [], splitFiles?.test ?? []];
  const inputs: InputFile[][] = [];
  for (const group of groups) inputs.push(await expandPatterns(database, group, input));
  if (splitFiles) await refuseSharedFiles(inputs.map((files) => files.map(({ path }) => path)));
  const own = inputs.flat().map((file) => {
    return endings?.includes(endingOf(file.path)) === false ? { path: file.path, columns: file.columns } : file;
  });
  const { locate, starts, whole } = await readFiles(database, RAW, own, { fileColumn, limit, toScore });
  const resolved = await joinTables(database, joins, toScore);
  const [train, validation] = [inputs[0]!.length, inputs[1]!.length];
  const persistent = toPersist(input, resolved, own);
  return {
    locate,
    rows: starts.at(-1)!,
    whole,
    ...(splitFiles && { fileStarts: { validation: starts[train]!, test: starts[train + validation]! } }),
    ...(persistent && { persistent }),
  };
}

function toPersist(
  { format, csv, columns, fileColumn }: Input,
  joins: readonly Join[],
  files: readonly InputFile[],
): PersistentInput | undefined {
  if (!format && !csv && !columns && fileColumn === undefined && joins.length === 0) return undefined;
  return {
    ...(format && { format }),
    ...(csv && { csv }),
    ...((format ?? csv) && { endings: [...new Set(files.map(({ path }) => endingOf(path)))] }),
    ...(columns && { columns }),
    ...(fileColumn !== undefined && { fileColumn }),
    joins,
  };
}

/** `logs/2024.DAT.gz` as `dat`. */
const endingOf = (path: string): string => /\.([^./\\]+?)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';
