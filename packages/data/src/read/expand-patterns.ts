import { existsSync } from 'node:fs';
import type { Loading } from '../database/loading.js';
import { literal } from '../database/sql.js';
import { MissingFile } from '../formats/missing-file.js';
import type { FormattedFile } from '../formats/open-file.js';
import type { ColumnItem } from '../options/file-source-options.js';

/** How the files of a table are read. */
export interface TableOptions extends Omit<FormattedFile, 'path'> {
  /** Columns to read, and to compute; all of the file without it. */
  readonly columns?: readonly ColumnItem[] | undefined;
}

/** One file to read. */
export interface InputFile extends TableOptions {
  readonly path: string;
}

/**
 * The files that paths and patterns (`*`, `?`, `[...]`, `**`) stand for; those of a pattern sorted by name.
 * @throws MdctrError MDCTR_DATA_MISSING for a pattern that matches nothing.
 */
export async function expandPatterns(
  loading: Loading,
  paths: readonly string[],
  { format, csv, columns }: TableOptions = {},
): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    if (!/[*?[]/.test(path) || existsSync(path)) {
      files.push({ path, format, csv, columns });
      continue;
    }
    const found = await loading.database.rows(`SELECT file FROM glob(${literal(path)})`);
    const matches = found.map(([name]) => String(name));
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
