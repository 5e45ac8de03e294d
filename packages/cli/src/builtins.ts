import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PackageRequest } from '@mdctr/config';
import type { UnitRole } from '@mdctr/core';

/** The packages that come with the command, as its package.json lists them under `mdctr.packages`. */
export function builtinPackages(): PackageRequest[] {
  const folder = new URL('..', import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    mdctr: { packages: string[] };
  };
  return manifest.mdctr.packages.map((specifier) => ({ specifier, baseDir: fileURLToPath(folder), builtin: true }));
}

/** Names of the plugins among them that have a role. */
export async function builtinsWithRole(role: UnitRole): Promise<string[]> {
  // Loaded now: most commands have no use for all packages.
  const { openRegistry } = await import('@mdctr/study');
  return (await openRegistry(builtinPackages())).withRole(role);
}
