import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MdctrError, type SourceLocation } from '../errors.js';
import { enableTypeScript } from './typescript-loader.js';
import type { Registry } from './registry.js';

/** A package to load: where its name stands in a config, and the folder that the name is resolved from. */
export interface PackageRequest {
  /** An npm package's name, or a path that begins with `.` or `/` (.js, .mjs or .ts). */
  readonly specifier: string;
  readonly baseDir: string;
  readonly at?: SourceLocation;
}

/**
 * Imports packages and registers what they export.
 * @throws MdctrError MDCTR_PACKAGE_MISSING, MDCTR_PACKAGE_LOAD, MDCTR_PACKAGE_EMPTY: a run with a method silently
 *   missing would be worse than none.
 */
export async function loadPackages(registry: Registry, requests: readonly PackageRequest[]): Promise<void> {
  for (const request of requests) {
    const file = locatePackage(request);
    if (extname(file) === '.ts') enableTypeScript();
    let exports: Record<string, unknown>;
    try {
      exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    } catch (cause) {
      if (cause instanceof MdctrError) throw cause;
      throw failure(
        'MDCTR_PACKAGE_LOAD',
        request,
        `could not be loaded: ${(cause as Error).message}`,
        'Mend the package, or take it out of "packages".',
        cause,
      );
    }
    if (registry.addModule(exports, request.specifier) === 0) {
      const hint = 'Export the class that @Backbone(...) or @Plugin(...) stands over.';
      throw failure('MDCTR_PACKAGE_EMPTY', request, 'exports no backbone and no plugin.', hint);
    }
  }
}

/** @throws MdctrError MDCTR_PACKAGE_MISSING. */
export function locatePackage(request: PackageRequest): string {
  const { specifier, baseDir } = request;
  if (/^(\.|\/|[A-Za-z]:)/.test(specifier)) {
    const file = resolve(baseDir, specifier);
    if (existsSync(file)) return file;
    throw failure(
      'MDCTR_PACKAGE_MISSING',
      request,
      `is not there (${file}).`,
      'Paths are relative to the config file.',
    );
  }
  try {
    return createRequire(join(baseDir, 'package.json')).resolve(specifier);
  } catch {
    const file = importOnlyEntry(specifier, baseDir);
    if (file) return file;
    throw failure('MDCTR_PACKAGE_MISSING', request, 'is not installed.', `Run: npm install ${specifier}`);
  }
}

/** Entry of a package whose exports have an `import` condition only, which `require.resolve` does not see. */
function importOnlyEntry(specifier: string, baseDir: string): string | undefined {
  for (let dir = baseDir; ; dir = dirname(dir)) {
    const manifest = join(dir, 'node_modules', specifier, 'package.json');
    if (existsSync(manifest)) {
      const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports?: unknown };
      const root = (exports as Record<string, unknown> | undefined)?.['.'] ?? exports;
      const entry = (root as Record<string, unknown> | undefined)?.import;
      const file = (typeof entry === 'object' ? (entry as Record<string, unknown>).default : entry) as
        string | undefined;
      return file && join(dirname(manifest), file);
    }
    if (dir === dirname(dir)) return undefined;
  }
}

function failure(
  code: string,
  { specifier, at }: PackageRequest,
  what: string,
  hint: string,
  cause?: unknown,
): MdctrError {
  return new MdctrError(code, {
    what: `The package "${specifier}" ${what}`,
    ...(at && { at }),
    hint,
    ...(cause !== undefined && { cause }),
  });
}
