import type { BatchOptions } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { loadData, openBatches } from '../../src/index.js';
import { options } from '../fixtures.js';
import { quotas } from '../../src/batches/sample-domains.js';

const data = await loadData({
  ...options,
  source: { kind: 'synthetic', rows: 2000, domains: 5, seed: 1 },
  domain: 'position',
  fields: [],
  split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
});
const source = openBatches(data);
const natural = source.rowsByDomain('train');
const total = source.rows('train');

async function rowsOf(more: Partial<BatchOptions>): Promise<number[]> {
  const pass: BatchOptions = { batchSize: 100, shuffle: { seed: 1, epoch: 1 }, ...more };
  const rows: number[] = [];
  let batches = 0;
  for await (const batch of source.batches('train', pass)) {
    rows.push(...batch.order);
    batches++;
  }
  expect(batches).toBe(source.count('train', pass));
  return rows;
}

/** Rows by domain, and how often single rows of it come. */
function facts(rows: readonly number[]): Map<number, { rows: number; least: number; most: number }> {
  const times = new Map<number, number>();
  for (const row of rows) times.set(row, (times.get(row) ?? 0) + 1);
  const result = new Map<number, { rows: number; least: number; most: number }>();
  for (const row of data.splits.train) {
    const domain = data.domains[row]!;
    const count = times.get(row) ?? 0;
    const { rows: sum, least, most } = result.get(domain) ?? { rows: 0, least: Infinity, most: 0 };
    result.set(domain, { rows: sum + count, least: Math.min(least, count), most: Math.max(most, count) });
  }
  return result;
}

describe('sampled passes', () => {
  it.each([
    [0, 'mixed'],
    [0.5, 'mixed'],
    [0, 'single'],
    [1, 'mixed'],
  ] as const)(
    'of exponent %d, %s, have n^x shares, an epoch’s length, and rows evenly often',
    async (exponent, domains) => {
      const rows = await rowsOf({ sampling: { exponent }, domains });
      expect(rows).toHaveLength(total);
      const sum = [...natural.values()].reduce((all, size) => all + size ** exponent, 0);
      for (const [domain, found] of facts(rows)) {
        expect(Math.abs(found.rows - (total * natural.get(domain)! ** exponent) / sum)).toBeLessThanOrEqual(1);
        expect(found.most - found.least).toBeLessThanOrEqual(1);
      }
      expect(source.rowsByDomain('train', { sampling: { exponent } })).toEqual(
        new Map([...facts(rows)].map(([domain, found]) => [domain, found.rows]).sort(([a], [b]) => a! - b!) as never),
      );
    },
  );

  it('repeat for a seed and epoch, draw other rows in others, and skip without changing the rest', async () => {
    const sampling = { exponent: 0 };
    const first = await rowsOf({ sampling });
    expect(await rowsOf({ sampling })).toEqual(first);
    const [domain] = [...natural].sort(([, a], [, b]) => b - a)[0]!; // the largest: not all of its rows come
    const ofDomain = (rows: readonly number[]): Set<number> =>
      new Set(rows.filter((row) => data.domains[row] === domain));
    expect(ofDomain(first).size).toBeLessThan(natural.get(domain)!);
    expect(ofDomain(await rowsOf({ sampling, shuffle: { seed: 1, epoch: 2 } }))).not.toEqual(ofDomain(first));
    expect(ofDomain(await rowsOf({ sampling, shuffle: { seed: 2, epoch: 1 } }))).not.toEqual(ofDomain(first));
    expect(await rowsOf({ sampling, skip: 3 })).toEqual(first.slice(300));
  });

  it('share rows out by the largest remainders', () => {
    const sizes = new Map([
      [3, 1],
      [1, 8],
      [2, 1],
    ]);
    expect([...quotas(sizes, 0)]).toEqual([
      [1, 4],
      [2, 3],
      [3, 3],
    ]);
    expect([...quotas(sizes, 1)]).toEqual([
      [1, 8],
      [2, 1],
      [3, 1],
    ]);
  });
});
