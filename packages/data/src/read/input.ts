import { resolve } from 'node:path';
import type { DataOptions } from '../options/data-options.js';
import type { LoadContext } from '../options/load-context.js';
import type { TableOptions } from './expand-patterns.js';
import type { Join } from './join-tables.js';

/** Files with their side tables; all paths absolute. */
export interface Input extends TableOptions {
  readonly files: readonly string[];
  /** Files of a split by file; `files` are then the training rows. */
  readonly splitFiles?: { readonly validation: readonly string[]; readonly test: readonly string[] } | undefined;
  readonly fileColumn?: string | undefined;
  readonly joins: readonly Join[];
}

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
