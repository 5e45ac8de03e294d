import validate from 'validate-npm-package-name';
import { BUILT_IN_NAMES } from './built-in-names.js';
import type { Kind } from './choices.js';
import { MdctrError } from '@mdctr/base';

/** The names of a package that is made. */
export interface Names {
  /** On npm, e.g. `@acme/mdctr-plugin-foo`. */
  readonly packageName: string;
  /** In configs, and of its file, e.g. `foo`. */
  readonly unit: string;
}

/** As `@Plugin` and `@Backbone` have it. */
const UNIT = /^[a-z][a-z0-9-]*$/;

/** What packages are called whose unit has the rest as its name. */
const PREFIX = /^mdctr-(plugin-|backbone-)?/;

/**
 * Takes a package name (`@acme/mdctr-plugin-foo`) or a unit's name alone (`foo`, whose package is `mdctr-plugin-foo`).
 * @throws MdctrError MDCTR_NEW_NAME if npm or a config could not use it, MDCTR_NEW_NAME_TAKEN if it is a built-in's.
 */
export function namesOf(kind: Kind, given: string): Names {
  const [scope, last] = parts(given);
  const unit = last.replace(PREFIX, '');
  const short = scope === '' && unit === last;
  const packageName = short ? `mdctr-${kind}-${unit}` : given;
  const { errors = [], warnings = [] } = validate(packageName);
  const wrong = [...errors, ...warnings];
  if (wrong.length > 0 || !UNIT.test(unit)) throw notUsable(kind, given, wrong);
  if (!BUILT_IN_NAMES.includes(unit)) return { packageName, unit };
  throw new MdctrError('MDCTR_NEW_NAME_TAKEN', {
    what: `"${unit}" is the name of a backbone or plugin that comes with mdctr.`,
    found: given,
    hint: `Take a free one, e.g. ${given.slice(0, given.length - unit.length)}${free(unit)}.`,
  });
}

function notUsable(kind: Kind, given: string, wrong: readonly string[]): MdctrError {
  const near = nearestUsable(kind, given);
  return new MdctrError('MDCTR_NEW_NAME', {
    what: `A ${kind} cannot have this name${wrong.length > 0 ? `: ${wrong[0]}` : ''}.`,
    expected: `lower-case letters, digits and hyphens, a letter first; or a package name such as @acme/mdctr-${kind}-foo`,
    found: JSON.stringify(given),
    ...(near !== undefined && { hint: `Did you mean "${near}"?` }),
  });
}

/** The same name with what is not allowed left out, if that is usable. */
function nearestUsable(kind: Kind, given: string): string | undefined {
  const [scope, last] = parts(given.trim());
  const plain = (text: string): string =>
    text
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '');
  const near = (scope === '' ? '' : `@${plain(scope)}/`) + plain(last);
  try {
    return near !== given && namesOf(kind, near) ? near : undefined;
  } catch {
    return undefined;
  }
}

/** `@acme/foo` is `@acme/` and `foo`. */
function parts(name: string): [scope: string, last: string] {
  const at = name.startsWith('@') ? name.indexOf('/') + 1 : 0;
  return [name.slice(0, at), name.slice(at)];
}

function free(unit: string): string {
  const candidates = [`my-${unit}`, ...Array.from(BUILT_IN_NAMES, (_, i) => `${unit}-${i + 2}`)];
  return candidates.find((name) => !BUILT_IN_NAMES.includes(name))!;
}

/** `two-words` as a class: `TwoWords`. */
export function className(unit: string): string {
  return unit.replace(/(^|-+)([a-z0-9])/g, (_, _hyphen, letter: string) => letter.toUpperCase()).replace(/-/g, '');
}
