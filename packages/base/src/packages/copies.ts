import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageOf } from './manifest.js';

/** A copy of a package of which a process should have one. */
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
 */
export function loadedCopies(): readonly PackageCopy[] {
  return list();
}

/**
 * Enters the package that a module belongs to, once.
 * @param url `import.meta.url` of the module.
 */
export function enterCopy(url: string): void {
  const found = packageOf(fileURLToPath(url));
  if (!found) return;
  const { name = '', version = 'unknown' } = found.manifest;
  const root = realpathSync(found.root);
  if (!list().some((copy) => copy.root === root)) list().push({ name, version, root });
}

function list(): PackageCopy[] {
  const all = globalThis as { [COPIES]?: PackageCopy[] };
  return (all[COPIES] ??= []);
}
