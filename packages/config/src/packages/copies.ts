import { relative } from 'node:path';
import { DETAIL_INDENT, loadedCopies, packageOf, type MdctrError, type PackageCopy } from '@mdctr/base';
import { CORE } from '@mdctr/core';
import { installed, packageError, type PackageRequest } from './locate.js';

/** Packages of which there is one in a process: two would not know each other's layers, parameters and TensorFlow. */
const SINGLE = ['@mdctr/core', '@mdctr/tensor'];

/** The copy that runs: the core that this package imports, and the tensor package that it was loaded with, the first of that name. */
function running(name: string): PackageCopy | undefined {
  return loadedCopies().find((copy) => (name === CORE.manifest.name ? copy.root === CORE.root : copy.name === name));
}

/**
 * Refuses a package whose imports lead to a copy of core of its own, before it is loaded.
 * @param file what is loaded; a TypeScript file gets the core that runs, whatever lies beside it.
 * @throws MdctrError MDCTR_PACKAGE_COPIES.
 */
export function refuseOwnCopy(request: PackageRequest, file: string): void {
  if (/\.m?ts$/.test(file)) return;
  for (const name of SINGLE) {
    const found = installed(name, file);
    const ours = running(name);
    if (found && ours && found.root !== ours.root) {
      const { version = 'unknown' } = found.manifest;
      throw twoCopies(request, file, ours, { name, version, root: found.root });
    }
  }
}

/**
 * Refuses a package that has loaded a copy of core, be it by a package that it imports.
 * @param before `loadedCopies` before it was loaded.
 * @throws MdctrError MDCTR_PACKAGE_COPIES.
 */
export function refuseNewCopy(request: PackageRequest, file: string, before: readonly PackageCopy[]): void {
  for (const copy of loadedCopies()) {
    const ours = running(copy.name);
    if (ours && copy !== ours && !before.includes(copy)) throw twoCopies(request, file, ours, copy);
  }
}

function twoCopies(request: PackageRequest, file: string, ours: PackageCopy, theirs: PackageCopy): MdctrError {
  const bringer = packageOf(file);
  const nested = bringer !== undefined && !relative(bringer.root, theirs.root).startsWith('..');
  const dependency = bringer?.manifest.dependencies?.[theirs.name] !== undefined;
  const name = bringer?.manifest.name ?? request.specifier;
  return packageError('MDCTR_PACKAGE_COPIES', request, `brings a second copy of ${theirs.name}.`, {
    found: [
      `${ours.version} in ${ours.root}, which runs`,
      `${theirs.version} in ${theirs.root}, which ${name} imports`,
    ].join(DETAIL_INDENT),
    hint:
      nested || dependency
        ? `Make ${theirs.name} a peer dependency of ${name}, then run: npm dedupe`
        : `Run the mdctr that is installed there (npx mdctr), or: npm dedupe`,
  });
}
