/** Where two JSON values differ first, with both values as text. */
export interface IdentityDifference {
  readonly path: string;
  readonly before: string;
  readonly now: string;
}

/** The first difference in the order of keys, or undefined where the values are equal. */
export function firstDifference(before: unknown, now: unknown, path = ''): IdentityDifference | undefined {
  if (isObject(before) && isObject(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      const name = Array.isArray(before) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const found = firstDifference(before[key], now[key], name);
      if (found) return found;
    }
    return undefined;
  }
  return before === now ? undefined : { path, before: show(before), now: show(now) };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80));
