import { type SourceLocation, nearest, firstOf, getOrThrow } from '@mdctr/base';
import { isThirdParty, thirdPartyNamed } from './installed-units.js';
import { loadPackage } from './loader.js';
import { installed, packageError, type PackageRequest } from './locate.js';
import { type UnitKind, fullName, type Registry, type Unit } from '@mdctr/core';
import { CONVENTION, isPath, namesPackage, unitReference } from './specifier.js';
import { ConfigDocument } from '../documents/document.js';
import { find, type DocumentPath, type Entry, type Located } from '../documents/located.js';

/** A config of which every package is loaded. */
export interface LoadedConfig {
  /**
   * The config with units by their own names, as results show them, and with the packages that it names in their place
   * under `packages`.
   */
  readonly document: ConfigDocument;
  /** All packages that the config names. */
  readonly requests: readonly PackageRequest[];
}

/**
 * Loads the packages that a config names: under `packages`, and wherever it names a backbone or plugin by a package or path.
 * @param places where this kind of config names backbones and plugins.
 * @throws MdctrError MDCTR_PACKAGE_... for a package that cannot be loaded, MDCTR_UNIT_AMBIGUOUS for one that has several
 *   units where one is wanted.
 */
export async function loadNamedPackages(
  registry: Registry,
  document: ConfigDocument,
  places: readonly UnitPlace[],
): Promise<LoadedConfig> {
  const requests = listed(document);
  for (const request of requests) await loadPackage(registry, request);
  let { root } = document;
  for (const { kind, path, node } of namesAt(document.root, places)) {
    const name = node.value as string;
    const known = registry.list(kind).find((unit) => isCalled(unit, name));
    const reference = unitReference(name);
    const request = requestAt(document, node, reference.packageName);
    const third = !known && isPackage(name, request);
    if (!known && !third) continue; // validation knows what to say of it
    let unit = known;
    if (third) {
      const units = await loadPackage(registry, request);
      unit = oneOf(units, kind, reference.unit, request);
      if (!requests.some(({ specifier, baseDir }) => specifier === request.specifier && baseDir === request.baseDir))
        requests.push(request);
    }
    root = replaced(root, path, { ...node, value: unit!.name });
  }
  return { document: new ConfigDocument(document.file, withPackages(root, requests)), requests };
}

/** A path means another file in another folder: only loading it tells which. */
const isCalled = (unit: Unit, name: string): boolean =>
  unit.name === name || (!isPath(name) && fullName(unit) === name);

/** The packages under `packages`. */
function listed(document: ConfigDocument): PackageRequest[] {
  const list = entry(document.root, 'packages');
  if (!Array.isArray(list?.value)) return [];
  return list.value.flatMap((node) => (typeof node.value === 'string' ? [requestAt(document, node, node.value)] : []));
}

/** `--set` has no folder of its own: an npm name is looked for from the config's folder too. */
function requestAt(document: ConfigDocument, { at, baseDir }: Located, specifier: string): PackageRequest {
  const rootDir = document.root.baseDir;
  return { specifier, baseDir, at, ...(rootDir !== baseDir && { elsewhere: [rootDir] }) };
}

/** A bare name is a package's where one is installed that says so, or that has such a name. */
function isPackage(name: string, { baseDir, elsewhere = [] }: PackageRequest): boolean {
  if (namesPackage(name) || CONVENTION.test(name)) return true;
  const found = [baseDir, ...elsewhere].map((folder) => installed(name, folder)).find(Boolean);
  return found !== undefined && isThirdParty(name, found.root);
}

/** The unit that a package is named for. */
function oneOf(units: readonly Unit[], kind: UnitKind, name: string | undefined, request: PackageRequest): Unit {
  const ofKind = units.filter((unit) => unit.kind === kind);
  const found = name === undefined ? ofKind : ofKind.filter((unit) => unit.name === name);
  if (found.length === 1) return firstOf(found);
  const full = ofKind.map((unit) => `${request.specifier}>${unit.name}`);
  if (ofKind.length === 0) {
    const other = units.map((unit) => `the ${unit.kind} ${unit.name}`).join(', ');
    throw packageError('MDCTR_PACKAGE_EMPTY', request, `exports no ${kind}.`, {
      found: other,
      hint:
        kind === 'plugin' ? 'A backbone stands under "backbone" or "backbones".' : 'A plugin stands under "plugins".',
    });
  }
  if (name === undefined) {
    throw packageError('MDCTR_UNIT_AMBIGUOUS', request, `exports ${ofKind.length} ${kind}s.`, {
      expected: `one of ${full.join(', ')}`,
      hint: `Name one of them, e.g. "${full[0]}".`,
    });
  }
  const near = nearest(
    name,
    ofKind.map((unit) => unit.name),
  );
  throw packageError('MDCTR_UNIT_UNKNOWN', request, `has no ${kind} "${name}".`, {
    expected: `one of ${full.join(', ')}`,
    hint: near ? `Did you mean "${request.specifier}>${near}"?` : `Name one of them, e.g. "${full[0]}".`,
  });
}

/** What may have been meant by the name of a unit that is not loaded. */
export function unknownNameHint(name: string, names: readonly string[], baseDir: string): string {
  if (/\.[cm]?[jt]s$/.test(name)) return `A path begins with "./": write "./${name}".`;
  const [third] = thirdPartyNamed(name, baseDir);
  if (third) return `The package ${third} is installed: name it, "${third}".`;
  const near = nearest(name, names);
  return near
    ? `Did you mean "${near}"?`
    : `For a third party’s, name its package ("mdctr-plugin-${name}") or its file ("./${name}.ts").`;
}

/** A place of a config where a backbone or plugin is named: its name alone, or an object with it. */
export interface UnitPlace {
  readonly kind: UnitKind;
  readonly path: DocumentPath;
}

/** The node that holds the name of each unit, with its path. */
function namesAt(root: Located, places: readonly UnitPlace[]): (UnitPlace & { readonly node: Located })[] {
  return places.flatMap(({ kind, path }) => {
    const { node, whole } = find(root, path);
    const name = whole ? nameOf(node) : undefined;
    if (typeof name?.value !== 'string') return [];
    return [{ kind, path: name === node ? path : [...path, 'name'], node: name }];
  });
}

const entry = (node: Located, key: string): Located | undefined =>
  node.value instanceof Map ? node.value.get(key)?.node : undefined;

/** The node that holds a unit's name, in the short form or in the long one. */
const nameOf = (unit: Located): Located | undefined => (unit.value instanceof Map ? entry(unit, 'name') : unit);

function replaced(root: Located, [step, ...rest]: DocumentPath, node: Located): Located {
  if (step === undefined) return node;
  if (Array.isArray(root.value)) {
    return { ...root, value: root.value.map((item, i) => (i === Number(step) ? replaced(item, rest, node) : item)) };
  }
  const entries = new Map(root.value as Map<string, Entry>);
  const old = getOrThrow(entries, String(step));
  entries.set(String(step), { ...old, node: replaced(old.node, rest, node) });
  return { ...root, value: entries };
}

/** The config with all of its packages under `packages`. */
function withPackages(root: Located, requests: readonly PackageRequest[]): Located {
  if (!(root.value instanceof Map) || requests.length === 0) return root;
  const old = root.value.get('packages');
  if (old && !Array.isArray(old.node.value)) return root;
  const before = (old?.node.value as Located[] | undefined) ?? [];
  const added = requests.slice(before.filter(({ value }) => typeof value === 'string').length);
  if (added.length === 0) return root;
  const at: SourceLocation = old?.node.at ?? root.at;
  const nodes = added.map((request): Located => ({
    at: request.at ?? at,
    baseDir: request.baseDir,
    value: request.specifier,
  }));
  const node: Located = { at, baseDir: root.baseDir, value: [...before, ...nodes] };
  return { ...root, value: new Map(root.value).set('packages', { keyAt: old?.keyAt ?? at, node }) };
}
