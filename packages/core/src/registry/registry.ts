import { MdctrError, type SourceLocation, nearest } from '@mdctr/base';
import { API_VERSION, unitOf, type UnitClass, type UnitKind, type UnitMetadata, type UnitRole } from './decorators.js';

/** @internal Where units come from. */
export interface PackageOrigin {
  /** As a config names it. */
  readonly specifier: string;
  /** Of the package; absent for a file that is named by its path. */
  readonly name?: string;
  readonly version?: string;
  /** Name of the package that the file lies in. */
  readonly within?: string;
  /** What was loaded. */
  readonly file: string;
  /** It comes with the command. */
  readonly builtin: boolean;
  /** Where a config names it. */
  readonly at?: SourceLocation;
}

/** @internal A backbone or plugin that can be named in a config. */
export interface Unit extends UnitMetadata {
  readonly packageName: string;
  readonly cls: UnitClass;
  /** Absent for a class that was registered by hand. */
  readonly origin?: PackageOrigin;
}

/** @internal All backbones and plugins that a run knows. Filled by a loader, or by hand in tests. */
export class Registry {
  private readonly units = new Map<string, Unit>();

  /**
   * Adds a decorated class.
   * @throws MdctrError MDCTR_UNIT_UNDECORATED, MDCTR_UNIT_DUPLICATE, MDCTR_PACKAGE_VERSION.
   */
  add(cls: UnitClass, packageName: string, origin?: PackageOrigin): this {
    const metadata = unitOf(cls);
    if (!metadata) {
      throw new MdctrError('MDCTR_UNIT_UNDECORATED', {
        what: `The class ${cls.name} of ${packageName} is neither a backbone nor a plugin.`,
        hint: 'Put @Backbone(...) or @Plugin(...) over it.',
      });
    }
    if (metadata.apiVersion !== API_VERSION) {
      throw new MdctrError('MDCTR_PACKAGE_VERSION', {
        what: `${packageName} was written for another version of @mdctr/core.`,
        ...(origin?.at && { at: origin.at }),
        expected: `contract version ${API_VERSION}`,
        found: `contract version ${metadata.apiVersion}`,
        hint:
          metadata.apiVersion > API_VERSION ? 'Update mdctr: npm install mdctr@latest' : updateOf(packageName, origin),
      });
    }
    const key = `${metadata.kind}:${metadata.name}`;
    const taken = this.units.get(key);
    const same = taken?.cls === cls;
    if (taken && !same && !standsFor(origin, taken.origin)) {
      throw new MdctrError('MDCTR_UNIT_DUPLICATE', {
        what: `Two ${metadata.kind}s have the name "${metadata.name}".`,
        ...(origin?.at && { at: origin.at }),
        found: `${taken.packageName}>${metadata.name} and ${packageName}>${metadata.name}`,
        hint: 'Take one of the packages out of the config, or rename one of the two.',
      });
    }
    // Named twice, a package is known by the first name.
    if (!same) this.units.set(key, { ...metadata, packageName, cls, ...(origin && { origin }) });
    return this;
  }

  /** Adds every decorated class among a module's exports; returns how many there were. */
  addModule(exports: Readonly<Record<string, unknown>>, packageName: string): number {
    const classes = classesOf(exports);
    for (const cls of classes) this.add(cls, packageName);
    return classes.length;
  }

  /**
   * Finds a unit by `name` or by `package>name`.
   * @throws MdctrError MDCTR_UNIT_UNKNOWN with the nearest name.
   */
  get(kind: UnitKind, name: string): Unit {
    const found = this.list(kind).find((unit) => unit.name === name || fullName(unit) === name);
    if (found) return found;
    const names = this.list(kind).map((unit) => unit.name);
    const near = nearest(name, names);
    throw new MdctrError('MDCTR_UNIT_UNKNOWN', {
      what: `No ${kind} has the name "${name}".`,
      expected: names.join(', ') || `(no ${kind} is loaded)`,
      hint: near ? `Did you mean "${near}"?` : 'Name the package that has it, or a path to its file, instead.',
    });
  }

  /** Names of the plugins that have a role, in alphabetical order. */
  withRole(role: UnitRole): string[] {
    return this.list('plugin').flatMap(({ name, roles }) => (roles?.includes(role) ? [name] : []));
  }

  /** Units in alphabetical order. */
  list(kind?: UnitKind): readonly Unit[] {
    return [...this.units.values()]
      .filter((unit) => kind === undefined || unit.kind === kind)
      .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
  }
}

/** Whether a package is a copy of one that comes with the command, e.g. the one that is worked on: it is taken in its place. */
const standsFor = (one: PackageOrigin | undefined, other: PackageOrigin | undefined): boolean =>
  other?.builtin === true && one?.builtin === false && one.within !== undefined && one.within === other.within;

/** @internal The decorated classes among a module's exports; a CommonJS module has them in its default export. */
export function classesOf(exports: Readonly<Record<string, unknown>>): UnitClass[] {
  const { default: whole } = exports;
  const inside = whole !== null && typeof whole === 'object' ? Object.values(whole) : [];
  return [...new Set([...Object.values(exports), ...inside])].filter((value) => unitOf(value)) as UnitClass[];
}

const updateOf = (packageName: string, origin: PackageOrigin | undefined): string =>
  origin && origin.name === undefined
    ? `Adapt ${packageName}: docs/guides/writing-a-plugin.md has the contract of today.`
    : `Update the package: npm install ${origin?.name ?? packageName}@latest`;

/** @internal `package>name`, unique even where two packages use one name. */
export function fullName({ packageName, name }: Unit): string {
  return `${packageName}>${name}`;
}
