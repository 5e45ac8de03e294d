import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { locatePackage, type PackageRequest } from './loader.js';

/**
 * What tells one state of a package from another: `NAME@VERSION` of an installed one, the hash of the file that is
 * named by its path (not of those that it imports).
 * @throws MdctrError MDCTR_PACKAGE_MISSING.
 */
export function packageIdentity(request: PackageRequest): string {
  const file = locatePackage(request);
  if (/^(\.|\/|[A-Za-z]:)/.test(request.specifier)) {
    return `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)}`;
  }
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; version?: string };
      if (name !== undefined) return `${name}@${version ?? 'unknown'}`;
    }
    if (folder === dirname(folder)) return request.specifier;
  }
}
