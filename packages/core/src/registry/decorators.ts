import { Type, type TSchema } from 'typebox';
import { MdctrError } from '@mdctr/base';
import { closedSchema, type JsonSchema } from '../options/schema.js';

export type UnitKind = 'backbone' | 'plugin';

/** @internal What a decorator writes down about a class; a registry reads it. */
export interface UnitMetadata {
  readonly kind: UnitKind;
  readonly name: string;
  /** JSON Schema of the options: a closed object. */
  readonly options: JsonSchema;
  /** Where the method comes from, e.g. `arXiv:2206.13108`. */
  readonly source?: string;
  readonly description?: string;
  /** Parts of the network that the unit must have for itself; see `UnitOptions.owns`. */
  readonly owns?: Readonly<Record<string, string>>;
  readonly roles?: readonly UnitRole[];
  readonly check?: OptionCheck;
  /** Version of the contract between core and packages. */
  readonly apiVersion: number;
}

/**
 * A purpose that other packages may use a plugin for without knowing its name.
 * - `reference`: stands beside a new method in a small study, and in the trial that a command proposes.
 * - `suggested`: is among the methods of a study that a command proposes.
 * - `network-per-domain`: gives each domain a network of its own; the domains of other methods are compared with it.
 */
export type UnitRole = 'reference' | 'suggested' | 'network-per-domain';

/** A conflict between options that are valid one by one. */
export interface OptionProblem {
  /** Path inside the options, e.g. `['range', 'min']`. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly expected: string;
}

/** Checks options that the schema has accepted, with defaults filled in. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each unit knows the type of its own options
export type OptionCheck = (options: any) => OptionProblem | undefined;

export interface UnitOptions {
  /** TypeBox object schema of the options. Every property needs a description, and a default unless it is optional. */
  readonly options?: TSchema;
  readonly source?: string;
  readonly description?: string;
  /**
   * Parts of the network that the plugin needs exclusively, with the reason, e.g.
   * `{ kernel: 'generates the kernel of every affine layer' }`. Two plugins that own the same part cannot be combined.
   * Common names are `kernel`, `tower`, `input norm` and `step`.
   */
  readonly owns?: Readonly<Record<string, string>>;
  /** Purposes that other packages may use the unit for; see `UnitRole`. */
  readonly roles?: readonly UnitRole[];
  /** Checks options against one another. A returned problem becomes an error at its place in the config. */
  readonly check?: OptionCheck;
}

/** A class that the dependency container can instantiate. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- constructors of any parameters, as decorators see them
export type UnitClass = new (...args: any[]) => object;

/** Version of the plugin contract that this core implements. */
export const API_VERSION = 1;

// Symbol.for: a package may bring a copy of its own of core, and its classes must still be recognised.
const UNIT = Symbol.for('mdctr.unit');

/**
 * Class decorator that declares a backbone, a class that implements `BackboneBuilder`.
 * @param name short name in configs and parameter paths.
 * @throws MdctrError MDCTR_UNIT_NAME for an invalid name, MDCTR_UNIT_SCHEMA for an invalid schema of options.
 */
export function Backbone(name: string, unit: UnitOptions = {}): (cls: UnitClass) => void {
  return declare('backbone', name, unit);
}

/**
 * Class decorator that declares a plugin, a class that extends `DomainPlugin`.
 * @param name short name in configs and parameter paths.
 * @throws MdctrError MDCTR_UNIT_NAME for an invalid name, MDCTR_UNIT_SCHEMA for an invalid schema of options.
 */
export function Plugin(name: string, unit: UnitOptions = {}): (cls: UnitClass) => void {
  return declare('plugin', name, unit);
}

/** @internal The metadata of a decorated class, else undefined. */
export function unitOf(value: unknown): UnitMetadata | undefined {
  return typeof value === 'function' ? (value as { [UNIT]?: UnitMetadata })[UNIT] : undefined;
}

function declare(kind: UnitKind, name: string, unit: UnitOptions): (cls: UnitClass) => void {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new MdctrError('MDCTR_UNIT_NAME', {
      what: `A ${kind} cannot have this name.`,
      expected: 'lower-case letters, digits and hyphens, a letter first',
      found: JSON.stringify(name),
    });
  }
  const options = closedSchema(unit.options ?? Type.Object({}));
  checkOptions(kind, name, options);
  const metadata: UnitMetadata = {
    kind,
    name,
    options,
    apiVersion: API_VERSION,
    ...(unit.source !== undefined && { source: unit.source }),
    ...(unit.description !== undefined && { description: unit.description }),
    ...(unit.owns !== undefined && { owns: unit.owns }),
    ...(unit.roles !== undefined && { roles: unit.roles }),
    ...(unit.check !== undefined && { check: unit.check }),
  };
  return (cls) => void Object.defineProperty(cls, UNIT, { value: metadata });
}

function checkOptions(kind: UnitKind, name: string, schema: JsonSchema, path = 'options'): void {
  const wrong = (what: string, hint: string): MdctrError =>
    new MdctrError('MDCTR_UNIT_SCHEMA', { what: `${kind} "${name}": ${what}`, path, hint });
  if (schema.type !== 'object') throw wrong('options must be an object schema.', 'Use Type.Object({ ... }).');
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (path === 'options' && key === 'name')
      throw wrong('an option cannot be called "name".', 'Give it another name.');
    if (!property.description) throw wrong(`option "${key}" has no description.`, `Add { description: '...' }.`);
    const optional = !(schema.required ?? []).includes(key);
    if (!optional && property.default === undefined) {
      throw wrong(`option "${key}" has no default.`, 'Add { default: ... }, or wrap it in Type.Optional.');
    }
    if (property.type === 'object' && property.properties) checkOptions(kind, name, property, `${path}.${key}`);
  }
}
