import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import type { PackageManager } from './package-manager.js';

/** A workspace that a folder lies in. */
export interface Workspace {
  readonly root: string;
  /** Who reads its list of packages; undefined where several do. */
  readonly manager?: PackageManager;
  /** Patterns of its packages' folders. */
  readonly patterns: readonly string[];
  /** One of them takes the folder in. */
  readonly member: boolean;
  /** It has mdctr's own packages: a checkout. */
  readonly checkout: boolean;
}

/** The innermost workspace above `folder`, which need not exist. */
export function workspaceOf(folder: string): Workspace | undefined {
  for (let root = dirname(folder); ; root = dirname(root)) {
    const found = patternsOf(root);
    if (found) {
      const path = relative(root, folder).split(sep).join('/');
      return {
        root,
        ...found,
        member: isMember(path, found.patterns),
        checkout: manifestOf(join(root, 'packages/core'))?.name === '@mdctr/core',
      };
    }
    if (root === dirname(root)) return undefined;
  }
}

function patternsOf(root: string): Pick<Workspace, 'manager' | 'patterns'> | undefined {
  const file = join(root, 'pnpm-workspace.yaml');
  if (existsSync(file)) {
    const { packages = [] } = (parse(readFileSync(file, 'utf8')) ?? {}) as { packages?: string[] };
    return { manager: 'pnpm', patterns: packages };
  }
  const workspaces = manifestOf(root)?.workspaces;
  if (Array.isArray(workspaces)) return { patterns: workspaces };
  return workspaces && { patterns: workspaces.packages ?? [] };
}

interface Manifest {
  readonly name?: string;
  readonly workspaces?: string[] | { readonly packages?: string[] };
}

function manifestOf(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return undefined; // Whoever installs there will say so.
  }
}

function isMember(path: string, patterns: readonly string[]): boolean {
  const plain = (pattern: string): string => pattern.replace(/^!/, '').replace(/^\.\//, '').replace(/\/$/, '');
  const matches = (wanted: boolean): boolean =>
    patterns.some((pattern) => pattern.startsWith('!') !== wanted && picomatch.isMatch(path, plain(pattern)));
  return matches(true) && !matches(false);
}
