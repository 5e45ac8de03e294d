import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of a data set as they are published, by path. */
export type Layout = Readonly<Record<string, string | Buffer>>;

export function write(folder: string, files: Layout): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Lines of cells, with a last line end. */
export const lines = (rows: readonly (readonly unknown[])[], delimiter = ','): string =>
  rows.map((row) => `${row.join(delimiter)}\n`).join('');

export const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** A number in [0, below) that looks drawn, the same for the same arguments. */
export const drawn = (i: number, salt: number, below: number): number =>
  ((Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ salt, 0x85ebca6b) >>> 8) % 9973) % below;

/** The label of a row. */
export const click = (i: number): number => (drawn(i, 7, 10) < 3 ? 1 : 0);
