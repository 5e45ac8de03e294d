import { closest, distance } from 'fastest-levenshtein';

/** The most similar of `names`, if one is similar enough to be what was meant. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const best = closest(wanted.toLowerCase(), names);
  return distance(wanted.toLowerCase(), best.toLowerCase()) <= Math.max(2, Math.floor(wanted.length / 3))
    ? best
    : undefined;
}
