import { isPath, locatePackage, unitReference, type ConfigDocument, type DocumentPath } from '@mdctr/config';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UnitFound } from './check-process/messages.js';

/** A unit as a config names it: by a short name, a package, a path, or a package's unit `PACKAGE>UNIT`. */
export type NamedUnit = string | { readonly name: string; readonly label?: string };

/** The part of a study that is read here. */
export interface StudyShape {
  readonly data?: { readonly source?: { readonly kind?: string } };
  readonly packages?: readonly string[];
  readonly backbones?: readonly NamedUnit[];
  readonly methods?: readonly { readonly label?: string; readonly plugins?: readonly NamedUnit[] }[];
  readonly settings?: readonly unknown[];
  readonly search?: { readonly kind?: string };
  readonly baselines?: readonly unknown[];
  readonly analyses?: { readonly ownNetwork?: unknown };
}

export const nameOf = (unit: NamedUnit): string => (typeof unit === 'string' ? unit : unit.name);

/** Everything that a study names, and where. */
export function namesIn(study: StudyShape): { readonly name: string; readonly path: DocumentPath }[] {
  const { packages = [], backbones = [], methods = [] } = study;
  const each = (units: readonly NamedUnit[], ...path: DocumentPath) =>
    units.map((unit, i) => ({ name: nameOf(unit), path: [...path, i] }));
  return [
    ...each(packages, 'packages'),
    ...each(backbones, 'backbones'),
    ...methods.flatMap(({ plugins: named = [] }, i) => each(named, 'methods', i, 'plugins')),
  ];
}

/** The file that a name at a path of a config leads to; undefined for a short name, and for what is not there. */
export function fileNamed(document: ConfigDocument, path: DocumentPath, name: string): string | undefined {
  try {
    return locatePackage({ specifier: unitReference(name).packageName, baseDir: document.baseDir(path) });
  } catch {
    return undefined;
  }
}

/** Which of these source files a name means: the file itself, what is built of it, or the package that it is the source of. */
export function entryNamed(
  document: ConfigDocument,
  path: DocumentPath,
  name: string,
  entries: readonly string[],
): string | undefined {
  const { packageName: from } = unitReference(name);
  const file = fileNamed(document, path, name);
  const same = entries.find((entry) => file !== undefined && [file, sourceOf(file)].includes(realpathSync(entry)));
  if (same !== undefined) return same;
  if (isPath(from)) {
    if (file === undefined || /\.[cm]?[jt]s$/.test(from)) return undefined; // another file, be it of the same package
    return entries.find((entry) => packageFolder(entry) === realpathSync(document.resolvePath(path, from)));
  }
  // A package that names itself is not found before it is built.
  return entries.find((entry) => {
    const folder = packageFolder(entry);
    if (folder === undefined) return false;
    return file === undefined ? nameOfPackage(folder) === from : packageFolder(file) === folder;
  });
}

/** A unit of a study as it is named from any folder, and whether it is one under work. */
export interface Placed {
  readonly unit: NamedUnit;
  readonly underWork: UnitFound['kind'] | undefined;
}

/** The names of a study, seen from the units under work; those are named by their sources, so that no build of them runs. */
export class StudyNames {
  constructor(
    private readonly document: ConfigDocument,
    private readonly entries: readonly string[],
    private readonly units: readonly UnitFound[],
  ) {}

  list(kind: UnitFound['kind'], units: readonly NamedUnit[] = [], path: DocumentPath): Placed[] {
    return units.map((unit, i) => {
      const { name, underWork } = this.place(nameOf(unit), [...path, i], kind);
      return { unit: typeof unit === 'string' ? name : { ...unit, name }, underWork };
    });
  }

  packages(names: readonly string[]): string[] {
    return names.map((name, i) => this.absolute(name, ['packages', i]));
  }

  /** A name for a unit that the study does not name. */
  named(name: string): string {
    return `${this.entries[0]}>${name}`;
  }

  private place(
    name: string,
    path: DocumentPath,
    kind: UnitFound['kind'],
  ): { name: string; underWork: Placed['underWork'] } {
    const absolute = this.absolute(name, path);
    const { packageName, unit } = unitReference(absolute);
    const known = (short: string): boolean =>
      this.units.some((candidate) => candidate.kind === kind && candidate.name === short);
    const source = this.entries.includes(packageName);
    const isUnderWork = source ? unit === undefined || known(unit) : unit === undefined && known(name);
    return { name: absolute, underWork: isUnderWork ? kind : undefined };
  }

  /** A name that means the same from any folder. */
  private absolute(name: string, path: DocumentPath): string {
    const { packageName, unit } = unitReference(name);
    const entry = entryNamed(this.document, path, name, this.entries);
    const from = entry ?? (isPath(packageName) ? this.document.resolvePath(path, packageName) : packageName);
    return unit === undefined ? from : `${from}>${unit}`;
  }
}

const sourceOf = (file: string): string => file.replace(/([\\/])(?:dist|lib|build)([\\/].*)\.js$/, '$1src$2.ts');

/** The folder of the package that a file belongs to. */
function packageFolder(file: string): string | undefined {
  for (let at = dirname(realpathSync(file)); ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function nameOfPackage(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string }).name;
  } catch {
    return undefined;
  }
}
