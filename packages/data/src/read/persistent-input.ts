import type { InputFile, TableOptions } from './expand-patterns.js';
import type { Input } from './input.js';
import type { Join } from './join-tables.js';

/**
 * What an artifact remembers of its training's input: what further rows need in order to have the same columns.
 * `format` and `csv` are for files with one of these `endings`; others are read by their own ending.
 */
export type PersistentInput = Pick<Input, 'fileColumn' | 'joins' | keyof TableOptions> & {
  readonly endings?: readonly string[];
};

/** What is remembered of an input; undefined where further rows need nothing of it. */
export function persistentInput(
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

/** The file as the remembered input has it read: without `format` and `csv` where its ending is none of `endings`. */
export function asRemembered(file: InputFile, endings: readonly string[] | undefined): InputFile {
  if (endings === undefined || endings.includes(endingOf(file.path))) return file;
  return { path: file.path, columns: file.columns };
}

/** `logs/2024.DAT.gz` as `dat`. */
const endingOf = (path: string): string => /\.([^./\\]+?)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';
