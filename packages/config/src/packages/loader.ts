import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { refuseNewCopy, refuseOwnCopy } from './copies.js';
import { refuseOtherCore } from './core-version.js';
import { unitOf, classesOf, type PackageOrigin, type Registry, type Unit } from '@mdctr/core';
import { loadFailure } from './load-failure.js';
import { locatePackage, packageError, type PackageRequest } from './locate.js';
import { packageOf, loadedCopies } from '@mdctr/base';
import { isPath } from './specifier.js';
import { enableTypeScript } from './typescript-loader.js';

/**
 * Imports packages and registers what they export.
 * @throws MdctrError MDCTR_PACKAGE_MISSING, MDCTR_PACKAGE_LOAD, MDCTR_PACKAGE_EMPTY, MDCTR_PACKAGE_VERSION,
 *   MDCTR_PACKAGE_COPIES: a run with a method silently missing would be worse than none.
 */
export async function loadPackages(registry: Registry, requests: readonly PackageRequest[]): Promise<void> {
  for (const request of requests) await loadPackage(registry, request);
}

/**
 * Imports one package and registers what it exports.
 * @returns its units.
 * @throws MdctrError as `loadPackages` does.
 */
export async function loadPackage(registry: Registry, request: PackageRequest): Promise<readonly Unit[]> {
  const file = locatePackage(request);
  const pack = packageOf(file);
  const local = isPath(request.specifier);
  // The package.json above a file that is named by its path is that of the project around it, and speaks of other things.
  const whole = pack && (!local || isFolder(resolve(request.baseDir, request.specifier), pack.root));
  if (!request.builtin) {
    if (whole) refuseOtherCore(request, pack);
    refuseOwnCopy(request, file);
  }
  if (local || /\.m?ts$/.test(file)) enableTypeScript();
  const before = [...loadedCopies()];
  const exports = await importFile(request, file, before);
  const classes = classesOf(exports);
  if (classes.length === 0) throw empty(request, exports);
  const origin: PackageOrigin = {
    specifier: request.specifier,
    file,
    builtin: request.builtin ?? false,
    ...(pack?.manifest.name !== undefined && { within: pack.manifest.name }),
    ...(whole && { name: pack.manifest.name!, ...(pack.manifest.version && { version: pack.manifest.version }) }),
    ...(request.at && { at: request.at }),
  };
  for (const cls of classes) registry.add(cls, request.specifier, origin);
  return registry.list().filter((unit) => classes.includes(unit.cls));
}

const isFolder = (path: string, folder: string): boolean =>
  existsSync(path) && realpathSync(path) === realpathSync(folder);

async function importFile(
  request: PackageRequest,
  file: string,
  before: ReturnType<typeof loadedCopies>,
): Promise<Record<string, unknown>> {
  try {
    const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    refuseNewCopy(request, file, before);
    return exports;
  } catch (thrown) {
    refuseNewCopy(request, file, before); // explains what it threw
    throw await loadFailure(request, file, thrown);
  }
}

function empty(request: PackageRequest, exports: Record<string, unknown>): Error {
  const names = Object.keys(exports).filter((name) => name !== 'module.exports');
  const bare = Object.values(exports).find(
    (value) => typeof value === 'function' && /^class\b/.test(String(value)) && !unitOf(value),
  ) as { name: string } | undefined;
  return packageError('MDCTR_PACKAGE_EMPTY', request, 'exports no backbone and no plugin.', {
    found: names.length === 0 ? 'no exports at all' : `exports ${names.join(', ')}`,
    hint: bare
      ? `Put @Backbone(...) or @Plugin(...) over the class ${bare.name}.`
      : 'Export the class that @Backbone(...) or @Plugin(...) stands over.',
  });
}
