import type { PackageRequest } from '@mdctr/config';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The packages that come with the command, as its package.json lists them under `mdctr.packages`. */
export function builtinPackages(): PackageRequest[] {
  const folder = new URL('..', import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    mdctr: { packages: string[] };
  };
  return manifest.mdctr.packages.map((specifier) => ({ specifier, baseDir: fileURLToPath(folder), builtin: true }));
}
