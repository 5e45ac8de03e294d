import type { ComparedDomain, DomainSimilarity } from './domain-similarity.js';

/** Two domains that are alike, and one that differs from both. */
export interface AlikeAndDifferent {
  /** The larger one first. */
  readonly alike: readonly [ComparedDomain, ComparedDomain];
  readonly different: ComparedDomain;
}

/**
 * Chooses three of the largest domains for a closer look, by a rule that knows no result of any model. A pair's likeness is the
 * mean of its rank among all pairs by `audience` and of that by `response` (by `audience` alone where there is no `response`), so
 * that neither scale counts for more. The two alike are the pair of the greatest likeness; the different one is the domain whose
 * greater likeness to the two is least. Of equal ones the larger domains are taken.
 * @param options.among of how many domains, the largest ones; 10 by default.
 * @param options.minRows training rows that each of them has at least, since chance rules in smaller ones; 500 by default.
 * @returns undefined where there are fewer than three such domains.
 */
export function chooseAlikeAndDifferent(
  { domains, audience, response }: DomainSimilarity,
  { among = 10, minRows = 500 }: { readonly among?: number; readonly minRows?: number } = {},
): AlikeAndDifferent | undefined {
  const D = domains.slice(0, among).filter(({ rows }) => rows >= minRows).length;
  if (D < 3) return undefined;
  const pairs = Array.from({ length: D }, (_, i) =>
    Array.from({ length: D - i - 1 }, (_, j) => [i, i + 1 + j] as const),
  ).flat();
  const ranks = [audience, response].map((matrix) => {
    const known = pairs.flatMap(([i, j]) => matrix[i]![j] ?? []);
    return (i: number, j: number): number | undefined => rankAmong(known, matrix[i]![j] ?? undefined);
  });
  const likeness = (i: number, j: number): number => {
    const known = ranks.flatMap((rank) => rank(i, j) ?? []);
    return known.reduce((sum, rank) => sum + rank, 0) / known.length;
  };
  const [first, second] = best(pairs, ([i, j]) => likeness(i, j));
  const others = [...Array(D).keys()].filter((d) => d !== first && d !== second);
  const different = best(others, (d) => -Math.max(likeness(first, d), likeness(second, d)));
  return { alike: [domains[first]!, domains[second]!], different: domains[different]! };
}

/** Share of the values that are below, equal ones counting half. */
function rankAmong(values: readonly number[], value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  return values.reduce((sum, other) => sum + (other < value ? 1 : other === value ? 0.5 : 0), 0) / values.length;
}

/** The candidate of the highest score, the first of equal ones. */
function best<T>(candidates: readonly T[], score: (candidate: T) => number): T {
  return candidates.reduce((found, other) => (score(other) > score(found) ? other : found));
}
