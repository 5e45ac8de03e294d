import { existsSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import {
  MdctrError,
  type ErrorDetails,
  type SourceLocation,
  foldersAbove,
  packageIn,
  type PackageFolder,
} from '@mdctr/base';
import { isPath } from './specifier.js';

/** A package to load: where its name stands in a config, and the folder that the name is resolved from. */
export interface PackageRequest {
  /**
   * An npm package's name, or a path that begins with `.` or `/`: a file (.js, .mjs, .cjs, .ts, .mts), or a folder with a
   * package.json.
   */
  readonly specifier: string;
  readonly baseDir: string;
  /** Further folders that an npm name is looked for from. */
  readonly elsewhere?: readonly string[];
  readonly at?: SourceLocation;
  /** It comes with the command; no config names it. */
  readonly builtin?: true;
}

/**
 * The file that a package is loaded from.
 * @throws MdctrError MDCTR_PACKAGE_MISSING.
 */
export function locatePackage(request: PackageRequest): string {
  const { specifier, baseDir, elsewhere = [] } = request;
  if (isPath(specifier)) return locatePath(request, resolve(baseDir, specifier));
  for (const folder of [baseDir, ...elsewhere]) {
    const found = installed(specifier, folder);
    if (found) return entryOf(request, found);
  }
  for (const folder of [baseDir, ...elsewhere]) {
    try {
      // A part of a package, a package that names itself, Plug'n'Play.
      return createRequire(join(folder, 'package.json')).resolve(specifier);
    } catch {
      // the next folder may have it
    }
  }
  const file = ['', '.ts', '.mts', '.js', '.mjs']
    .map((end) => specifier + end)
    .find((name) => isFile(join(baseDir, name)));
  throw packageError('MDCTR_PACKAGE_MISSING', request, 'is not installed.', {
    hint: file ? `A path begins with "./": write "./${file}".` : runIn(baseDir, `npm install ${npmName(specifier)}`),
  });
}

/** The folder of an installed package, seen from a folder. */
export function installed(name: string, from: string): PackageFolder | undefined {
  for (const folder of [from, ...foldersAbove(from)]) {
    const root = join(folder, 'node_modules', name);
    if (existsSync(join(root, 'package.json'))) return packageIn(realpathSync(root));
  }
  return undefined;
}

function locatePath(request: PackageRequest, path: string): string {
  const pack = packageIn(path);
  if (pack) return entryOf(request, pack);
  const file = [path, ...sourcesOf(path)].find(isFile);
  if (file && !/\.[cm]?[jt]s$/.test(file)) {
    throw packageError('MDCTR_PACKAGE_MISSING', request, 'is no JavaScript or TypeScript.', {
      found: file,
      hint: 'Name a file that ends in .ts, .mts, .js, .mjs or .cjs.',
    });
  }
  if (file) return realpathSync(file);
  const folder = existsSync(path);
  throw packageError(
    'MDCTR_PACKAGE_MISSING',
    request,
    folder ? 'is a folder without a package.json.' : 'is not there.',
    {
      found: path,
      hint: folder
        ? 'Name the file in it, or give it a package.json.'
        : 'Paths are relative to the file that they stand in; those of --set to the working directory.',
    },
  );
}

/**
 * The file that a package's exports or `main` name; where that is not built, its TypeScript source: what the condition
 * `mdctr-source` or `source` of its exports or its field `source` names, the file of the same name under `src` for one
 * under `dist`, or `src/index.ts`.
 */
function entryOf(request: PackageRequest, { root, manifest }: PackageFolder): string {
  const { exports, main, source } = manifest;
  const dot = (exports as Record<string, unknown> | undefined)?.['.'] ?? exports;
  const modules = ['node', 'import', 'module', 'default'];
  const built =
    exports === undefined ? [main ?? 'index.js'] : [...paths(dot, modules), ...paths(dot, [...modules, 'require'])];
  const sources = [
    ...paths(dot, ['mdctr-source', 'source']),
    ...(source === undefined ? [] : [source]),
    ...built.flatMap((path) => sourcesOf(path.replace(/(^|\/)(dist|lib|build)\//, '$1src/'))),
    'src/index.ts',
    'index.ts',
  ];
  const entry = [...built, ...sources].map((path) => join(root, path)).find(isFile);
  if (entry) return realpathSync(entry);
  throw packageError('MDCTR_PACKAGE_MISSING', request, 'is there, but its entry is not.', {
    found: `${root} has none of ${[...new Set(built)].join(', ') || 'its exports'}`,
    hint: `Build it. ${runIn(root, 'npm run build')}`,
  });
}

/** Files that the conditions lead to, in the order of the conditions in the exports. */
function paths(target: unknown, conditions: readonly string[]): string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return target.flatMap((one) => paths(one, conditions));
  if (target === null || typeof target !== 'object') return [];
  return Object.entries(target).flatMap(([key, value]) => (conditions.includes(key) ? paths(value, conditions) : []));
}

/** TypeScript files that a path of JavaScript, or one without an end, may stand for. */
function sourcesOf(path: string): string[] {
  if (/\.mjs$/.test(path)) return [path.replace(/\.mjs$/, '.mts')];
  if (/\.[cm]?[jt]s$/.test(path)) return [path.replace(/\.[cm]?js$/, '.ts')];
  return [`${path}.ts`, `${path}.mts`, `${path}.js`, `${path}.mjs`];
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** `@scope/name/part` without the part. */
const npmName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** A command to run, with its folder where it is another than the present one. */
export const runIn = (folder: string, command: string): string =>
  folder === process.cwd() ? `Run: ${command}` : `Run in ${folder}: ${command}`;

/** An error about a package, with the place that names it. */
export function packageError(
  code: string,
  { specifier, at }: PackageRequest,
  what: string,
  details: Omit<ErrorDetails, 'what' | 'at'>,
): MdctrError {
  return new MdctrError(code, { what: `The package "${specifier}" ${what}`, ...(at && { at }), ...details });
}
