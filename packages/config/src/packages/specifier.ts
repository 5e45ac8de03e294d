/** Whether a name is a path to a file or folder, and no npm package. */
export function isPath(name: string): boolean {
  return /^(\.|\/|[A-Za-z]:[\\/])/.test(name);
}

/** What a config writes where a unit is named: `UNIT`, `PACKAGE`, or `PACKAGE>UNIT`. */
export interface UnitReference {
  readonly packageName: string;
  readonly unit?: string;
}

/** Reads a name as that of a package, with or without a unit after `>`. */
export function unitReference(name: string): UnitReference {
  const at = name.lastIndexOf('>');
  return at < 0 ? { packageName: name } : { packageName: name.slice(0, at), unit: name.slice(at + 1) };
}

/** Whether a name cannot be a unit's: a path, an npm scope, or a package's unit. */
export function namesPackage(name: string): boolean {
  return isPath(name) || /[@/>]/.test(name);
}

/** Names that packages of backbones and plugins have by convention, e.g. `mdctr-plugin-foo` and `@acme/mdctr-plugin-foo`. */
export const CONVENTION = /^(@[^/]+\/)?mdctr-(plugin|backbone)-/;
