import { MdctrError, nearest, type ErrorDetails } from '@mdctr/base';
import { formatPath, type DocumentPath } from '@mdctr/config';
import { type UnitConfig } from '@mdctr/core';
import type { Values } from './trials.js';

/** The options of a trial that a search may change, defaults filled in. */
export interface Parts {
  readonly training: object;
  readonly embedding: object;
  readonly backbone: UnitConfig;
  readonly plugins: readonly UnitConfig[];
}

/** `plugins[0].epsilon` as `['plugins', 0, 'epsilon']`. */
export function parsePath(path: string): DocumentPath {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/**
 * Lays values over options; what is not changed is shared with `parts`, which stays as it is. Whether a value is in its range
 * is for the schema of the options to say.
 * @param placeOf where a path stands in the config, for errors
 * @throws MdctrError MDCTR_SEARCH_PATH for a path that the options do not have, or a value of another type than theirs.
 */
export function applyValues<P extends Parts>(parts: P, values: Values, placeOf: PlaceOf = (path) => ({ path })): P {
  return Object.entries(values).reduce(
    (changed, [path, value]) => put(changed, parsePath(path), value, [], placeOf(path)) as P,
    parts,
  );
}

type Place = Pick<ErrorDetails, 'at' | 'path'>;
export type PlaceOf = (path: string) => Place;

function put(old: unknown, path: DocumentPath, value: unknown, above: DocumentPath, place: Place): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (typeOf(old) === typeOf(value) || old === null || value === null) return value;
    throw new MdctrError('MDCTR_SEARCH_PATH', {
      what: `A value of "${formatPath(above)}" has another type than the option.`,
      ...place,
      expected: `${typeOf(old)}, as ${JSON.stringify(old)}`,
      found: JSON.stringify(value),
    });
  }
  const here = [...above, step];
  if (Array.isArray(old) && typeof step === 'number' && step < old.length) {
    return old.map((item: unknown, i) => (i === step ? put(item, rest, value, here, place) : item));
  }
  if (typeOf(old) === 'an object' && Object.hasOwn(old as object, step)) {
    const record = old as Record<string | number, unknown>;
    return { ...record, [step]: put(record[step], rest, value, here, place) };
  }
  throw absent(old, step, here, above, place);
}

function absent(
  old: unknown,
  step: string | number,
  here: DocumentPath,
  above: DocumentPath,
  place: Place,
): MdctrError {
  const what = `There is no option "${formatPath(here)}" to search over.`;
  if (Array.isArray(old)) {
    const expected = old.length === 0 ? 'nothing: the list is empty' : `an item from 0 to ${old.length - 1}`;
    return new MdctrError('MDCTR_SEARCH_PATH', { what, ...place, expected, found: String(step) });
  }
  const names = typeOf(old) === 'an object' ? Object.keys(old as object).filter((name) => name !== 'name') : [];
  const near = nearest(String(step), names);
  return new MdctrError('MDCTR_SEARCH_PATH', {
    what,
    ...place,
    expected: names.length > 0 ? `one of ${names.join(', ')}` : `"${formatPath(above)}" itself: it has no parts`,
    found: String(step),
    ...(near && { hint: `Did you mean "${near}"?` }),
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
