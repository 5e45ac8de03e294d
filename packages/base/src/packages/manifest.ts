import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The part of a package.json that is read here. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly main?: string;
  readonly source?: string;
  readonly exports?: unknown;
  readonly keywords?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface PackageFolder {
  readonly root: string;
  readonly manifest: Manifest;
}

/** The package in a folder; undefined without a package.json that can be read. */
export function packageIn(root: string): PackageFolder | undefined {
  const file = join(root, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    return { root, manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest };
  } catch {
    return undefined;
  }
}

/** The package that a file belongs to: the nearest package.json with a name. */
export function packageOf(file: string): PackageFolder | undefined {
  for (const folder of foldersAbove(file)) {
    const found = packageIn(folder);
    if (found?.manifest.name !== undefined) return found;
  }
  return undefined;
}

/** Folders above a file or folder, nearest first. */
export function foldersAbove(path: string): string[] {
  const folders = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}
