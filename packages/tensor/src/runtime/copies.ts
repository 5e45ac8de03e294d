import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @internal A copy of a package of which a process should have one. */
export interface PackageCopy {
  readonly name: string;
  readonly version: string;
  /** Its folder. */
  readonly root: string;
}

// Symbol.for: the copies have nothing else in common.
const COPIES = Symbol.for('mdctr.copies');

/**
 * The copies of `@mdctr/tensor` and `@mdctr/core` that this process has loaded, in the order of their loading.
 * @internal
 */
export function loadedCopies(): readonly PackageCopy[] {
  return list();
}

/**
 * Enters the package that a module belongs to, once.
 * @param url `import.meta.url` of the module.
 * @internal
 */
export function enterCopy(url: string): void {
  for (let folder = dirname(fileURLToPath(url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
    const root = realpathSync(folder);
    if (!list().some((copy) => copy.root === root)) list().push({ name, version, root });
    return;
  }
}

function list(): PackageCopy[] {
  const all = globalThis as { [COPIES]?: PackageCopy[] };
  return (all[COPIES] ??= []);
}

enterCopy(import.meta.url);
