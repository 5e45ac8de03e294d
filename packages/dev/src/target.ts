import { MdctrError } from '@mdctr/base';
import { isPath, loadConfig } from '@mdctr/config';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { entryNamed, fileNamed, namesIn, type StudyShape } from './study-names.js';

/** What is being written: a file, or a package and what belongs to it. */
export interface Target {
  /** As it was named. */
  readonly name: string;
  /** Paths are shown relative to it. */
  readonly folder: string;
  /** Source files that export the backbones and plugins. */
  readonly entries: readonly string[];
  /** Test files, which may say how the checks are to be made. */
  readonly tests: readonly string[];
  /** The study's config; absent: one is made. */
  readonly study?: string;
}

const SOURCES = ['.ts', '.mts', '.js', '.mjs'];

/**
 * Finds what belongs to a file or folder.
 * @throws MdctrError MDCTR_DEV_TARGET where there is nothing to check, MDCTR_DEV_STUDY for a study that is not there.
 */
export function openTarget(name: string, study?: string): Target {
  const path = resolve(name);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) {
    throw new MdctrError('MDCTR_DEV_TARGET', {
      what: `${name} is not there.`,
      expected: 'a .ts or .js file with a plugin or backbone, or the folder of a package',
      hint: 'Make one: npx mdctr new plugin NAME --single-file.',
    });
  }
  if (study !== undefined && !existsSync(study)) {
    throw new MdctrError('MDCTR_DEV_STUDY', { what: `The study ${study} is not there.`, expected: 'a study config' });
  }
  return stat.isDirectory() ? packageTarget(name, path, study) : fileTarget(name, path, study);
}

function fileTarget(name: string, path: string, study: string | undefined): Target {
  if (!isSource(path)) {
    throw new MdctrError('MDCTR_DEV_TARGET', {
      what: `${name} is no source file.`,
      expected: SOURCES.join(', '),
      found: extname(path) || '(no ending)',
      hint: 'Name the file with the class, or the folder of its package. A study is named by --study.',
    });
  }
  const folder = dirname(path);
  const studyFile = study === undefined ? join(folder, 'study.json') : resolve(study);
  const known = study !== undefined || loads(studyFile, path);
  return {
    name,
    folder,
    entries: [path],
    tests: testsOf(packageFolder(folder), path),
    ...(known && { study: studyFile }),
  };
}

function packageTarget(name: string, folder: string, study: string | undefined): Target {
  const studyFile = study === undefined ? join(folder, 'study.json') : resolve(study);
  const known = existsSync(studyFile);
  const entry = sourceOf(folder);
  const entries = entry === undefined ? (known ? filesOf(studyFile) : []) : [entry];
  if (entries.length === 0) {
    throw new MdctrError('MDCTR_DEV_TARGET', {
      what: `No source file of a plugin or backbone is found in ${folder}.`,
      expected:
        'the source of package.json\'s "exports" (dist/NAME.js: src/NAME.ts), src/index.ts, index.ts, or a file that study.json names',
      hint: 'Name the file itself.',
    });
  }
  return { name, folder, entries, tests: testsOf(folder), ...(known && { study: studyFile }) };
}

/** The source of a package's entry, found without a build. */
function sourceOf(folder: string): string | undefined {
  const manifest = join(folder, 'package.json');
  const { exports, main, name } = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, 'utf8')) as { exports?: unknown; main?: string; name?: string })
    : {};
  const built = [
    ...pathsOf((exports as Record<string, unknown> | undefined)?.['.'] ?? exports),
    ...(main ? [main] : []),
  ];
  const sources = built.flatMap((path) => {
    const plain = path.replace(/^\.\//, '');
    const moved = plain.replace(/^(dist|lib|build|out)\//, 'src/');
    return [moved.replace(/\.js$/, '.ts'), moved, plain];
  });
  const guesses = ['src/index.ts', 'src/index.js', 'index.ts', 'index.js', `src/${basename(name ?? folder)}.ts`];
  return [...sources, ...guesses].map((path) => join(folder, path)).find((path) => isSource(path) && existsSync(path));
}

/** All paths of an entry of `exports`, whatever the conditions. */
function pathsOf(entry: unknown): string[] {
  if (typeof entry === 'string') return entry.endsWith('.d.ts') ? [] : [entry];
  return typeof entry === 'object' && entry !== null ? Object.values(entry).flatMap(pathsOf) : [];
}

/** Source files that a study names by their path; none of a study that cannot be read, which running it will tell. */
function filesOf(study: string): string[] {
  try {
    const document = loadConfig(study);
    const named = namesIn(document.value() as StudyShape).filter(({ name }) => isPath(name));
    const files = named.flatMap(({ name, path }) => fileNamed(document, path, name) ?? []);
    return [...new Set(files)].filter(isSource);
  } catch {
    return [];
  }
}

/** Whether a study has a file, by whatever name. */
function loads(study: string, file: string): boolean {
  if (!existsSync(study)) return false;
  try {
    const document = loadConfig(study);
    const names = namesIn(document.value() as StudyShape);
    return names.some(({ name, path }) => entryNamed(document, path, name, [file]) !== undefined);
  } catch {
    return false;
  }
}

const isSource = (path: string): boolean => SOURCES.includes(extname(path)) && !path.endsWith('.d.ts');

/** The folder of the package that a folder lies in; itself without one. */
function packageFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (at === dirname(at)) return folder;
  }
}

/** Test files of a package that use the testkit; of a single file those that name it. */
function testsOf(folder: string, file?: string): string[] {
  return ['test', 'tests', '__tests__']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).map((name) => join(path, name)))
    .filter((path) => /\.(test|spec)\.m?[jt]s$/.test(path))
    .filter((path) => {
      const text = readFileSync(path, 'utf8');
      const isNamed = file === undefined || text.includes(basename(file).replace(/\.m?[jt]s$/, ''));
      return isNamed && text.includes('@mdctr/testkit');
    });
}
