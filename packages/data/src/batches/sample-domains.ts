import type { BatchOptions } from '@mdctr/core';
import { Random, getOrThrow } from '@mdctr/base';

/**
 * How many rows of each domain a pass has: in all as many as there are, shared out by n_d^exponent, whole numbers by
 * the largest remainders (ties: the smaller domain id).
 */
export function quotas(sizes: ReadonlyMap<number, number>, exponent: number): Map<number, number> {
  const domains = [...sizes].sort(([a], [b]) => a - b);
  const rows = domains.reduce((sum, [, size]) => sum + size, 0);
  const weights = domains.map(([, size]) => size ** exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (rows * weight) / total);
  const whole = exact.map(Math.floor);
  const left = rows - whole.reduce((sum, count) => sum + count, 0);
  const byRemainder = [...exact.keys()].sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  for (const i of byRemainder.slice(0, left)) whole[i]!++;
  return new Map(domains.map(([domain], i) => [domain, whole[i]!]));
}

/** Number of rows by domain id. */
export function countByDomain(rows: Int32Array, domains: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const row of rows) sizes.set(domains[row]!, (sizes.get(domains[row]!) ?? 0) + 1);
  return sizes;
}

/**
 * The rows of a pass with `sampling`, domain by domain. A domain whose quota is q times its size and r more has each of
 * its rows q times, and r of them, drawn by (seed, epoch), once more: rows of a domain differ by at most one in how
 * often they come.
 */
export function drawRows(
  rows: Int32Array,
  domains: Int32Array,
  { exponent }: NonNullable<BatchOptions['sampling']>,
  { seed, epoch }: NonNullable<BatchOptions['shuffle']>,
): Int32Array {
  const wanted = quotas(countByDomain(rows, domains), exponent);
  const members = new Map<number, number[]>();
  for (const domain of wanted.keys()) members.set(domain, []);
  for (const row of rows) getOrThrow(members, domains[row]!).push(row);
  const random = Random.fromBits(Math.imul(seed + 1, 0xc2b2ae35) ^ Math.imul(epoch + 1, 0x27d4eb2f));
  const drawn = new Int32Array(rows.length);
  let next = 0;
  for (const [domain, quota] of wanted) {
    const candidates = getOrThrow(members, domain);
    const rest = quota % candidates.length;
    for (let i = 0; i < quota - rest; i++) drawn[next++] = candidates[i % candidates.length]!;
    for (let i = 0; i < rest; i++) {
      const j = i + random.integer(candidates.length - i);
      [candidates[i], candidates[j]] = [candidates[j]!, candidates[i]!];
      drawn[next++] = candidates[i]!;
    }
  }
  return drawn;
}
