import type { BatchOptions } from '@mdctr/core';
import { Random, getOrThrow } from '@mdctr/base';
import { countByDomain, drawRows, quotas } from './sample-domains.js';

/**
 * The rows of each batch of a pass: in the given order, or shuffled by (seed, epoch). `domains` holds every row's
 * domain id.
 */
export function* planBatches(
  rows: Int32Array,
  domains: Int32Array,
  { batchSize, shuffle, sampling, domains: mode, skip = 0 }: BatchOptions,
): Generator<Int32Array> {
  const order = sampling && shuffle ? drawRows(rows, domains, sampling, shuffle) : Int32Array.from(rows);
  if (shuffle) shuffleInPlace(order, shuffle.seed, shuffle.epoch);
  if (mode === 'single') {
    let number = 0;
    for (const batch of ofSingleDomains(order, domains, batchSize)) if (number++ >= skip) yield batch;
    return;
  }
  for (let begin = skip * batchSize; begin < order.length; begin += batchSize)
    yield order.slice(begin, begin + batchSize);
}

/** Number of batches of a pass. */
export function countBatches(
  rows: Int32Array,
  domains: Int32Array,
  { batchSize, sampling, domains: mode, skip = 0 }: BatchOptions,
): number {
  if (mode !== 'single') return Math.max(0, Math.ceil(rows.length / batchSize) - skip);
  const sizes = countByDomain(rows, domains);
  const all = [...(sampling ? quotas(sizes, sampling.exponent) : sizes).values()].reduce(
    (sum, size) => sum + Math.ceil(size / batchSize),
    0,
  );
  return Math.max(0, all - skip);
}

/**
 * The domain of the first row that is left gives the next batch. In shuffled rows that draws each domain with the
 * probability of its share of the rows left.
 */
function* ofSingleDomains(order: Int32Array, domains: Int32Array, batchSize: number): Generator<Int32Array> {
  const byDomain = new Map<number, number[]>();
  for (const row of order) {
    const known = byDomain.get(domains[row]!);
    if (known) known.push(row);
    else byDomain.set(domains[row]!, [row]);
  }
  const given = new Map<number, number>();
  const seen = new Map<number, number>();
  for (const row of order) {
    const domain = domains[row]!;
    const position = seen.get(domain) ?? 0;
    seen.set(domain, position + 1);
    const begin = given.get(domain) ?? 0;
    if (position < begin) continue; // this row was in an earlier batch
    given.set(domain, begin + batchSize);
    yield Int32Array.from(getOrThrow(byDomain, domain).slice(begin, begin + batchSize));
  }
}

/** Fisher-Yates. */
function shuffleInPlace(order: Int32Array, seed: number, epoch: number): void {
  const random = Random.fromBits(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b));
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
