/** Every pair of different domains, each once. */
export const pairsOf = (domains: readonly string[]): [string, string][] =>
  domains.flatMap((a, i) => domains.slice(i + 1).map((b): [string, string] => [a, b]));

/** The number of a pair, in either order where only one has it, their mean where both do. */
export function between(
  labels: readonly string[],
  values: readonly (readonly (number | null)[])[],
  a: string,
  b: string,
): number | null {
  const [i, j] = [labels.indexOf(a), labels.indexOf(b)];
  const both = [values[i]?.[j] ?? null, values[j]?.[i] ?? null].filter((value) => value !== null);
  return both.length === 0 ? null : both.reduce((sum, value) => sum + value, 0) / both.length;
}
