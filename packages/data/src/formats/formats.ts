import { csv, tsv } from './csv.js';
import type { FileFormat } from './file-format.js';
import { jsonl } from './jsonl.js';
import { parquet } from './parquet.js';

/** The file formats, by the name that options and commands give them. */
export const FORMATS = { csv, tsv, parquet, jsonl } satisfies Record<string, FileFormat>;

/** Name of a file format. */
export type Format = keyof typeof FORMATS;

/** The names of all file formats. */
export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** The format that a path's ending stands for; undefined where it stands for none. */
export function formatOfPath(path: string): FileFormat | undefined {
  const ending = /\.(\w+?)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  const formats: FileFormat[] = Object.values(FORMATS);
  return formats.find(({ endings }) => ending !== undefined && endings.includes(ending));
}
