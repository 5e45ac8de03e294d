import type { Stat } from '../results/gain.js';

/** null where a value is missing: a mean over fewer seeds than the line says would mislead. */
export function statOf(values: readonly (number | null)[]): Stat | null {
  const numbers = values.filter((value) => value !== null);
  if (numbers.length === 0 || numbers.length < values.length) return null;
  const n = numbers.length;
  const mean = numbers.reduce((a, b) => a + b, 0) / n;
  if (n === 1) return { mean, std: null, n };
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, std: Math.sqrt(variance), n };
}
