import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { locatePackage, type PackageRequest } from './locate.js';
import { packageOf } from '@mdctr/base';
import { isPath } from './specifier.js';
import { neighbours } from './syntax.js';

/**
 * What tells one state of a package from another: `NAME@VERSION` of an installed one; of what is named by its path the hash
 * of the file that is loaded and of the files that it imports by relative paths.
 * @throws MdctrError MDCTR_PACKAGE_MISSING.
 */
export function packageIdentity(request: PackageRequest): string {
  const file = locatePackage(request);
  if (!isPath(request.specifier)) {
    const { name, version = 'unknown' } = packageOf(file)?.manifest ?? {};
    return name === undefined ? request.specifier : `${name}@${version}`;
  }
  const hash = createHash('sha256');
  for (const part of neighbours(file)) hash.update(`${relative(dirname(file), part)}\n`).update(readFileSync(part));
  return `sha256:${hash.digest('hex').slice(0, 16)}`;
}
