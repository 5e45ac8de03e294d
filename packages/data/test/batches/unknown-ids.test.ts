import type { BatchOptions, HostBatch } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { rowHash } from '../../src/batches/row-hash.js';
import { loadData, openBatches } from '../../src/index.js';
import { options } from '../fixtures.js';

const data = await loadData({
  ...options,
  source: { kind: 'synthetic', rows: 3000, domains: 5, seed: 1 },
  domain: 'position',
  fields: [
    '*',
    {
      name: 'letters',
      expression: "array_to_string(string_split(ad, ''), '|')",
      list: { separator: '|', pooling: 'mean', keep: 'last' },
    },
    { name: 'length', expression: 'length(ad)', encoding: { kind: 'numeric', log: true, standardise: true } },
  ] as never,
  minFrequency: 2,
  split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
});
const { fields, domainFields } = data.schema;
const RATE = 0.2;

/** Ids of each row and field, those of a list joined, by way of the batches; the domain of each row. */
async function idsOf(batchOptions: BatchOptions): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for await (const batch of openBatches(data).batches('train', batchOptions)) {
    const { order, domainIds, domainStarts } = batch;
    order.forEach((row, i) => fields.forEach((_, f) => found.set(`${row}/${f}`, elementsOf(batch, i, f))));
    domainIds.forEach((domain, g) => {
      for (const row of order.subarray(domainStarts[g], domainStarts[g + 1])) found.set(`${row}/domain`, [domain]);
    });
  }
  return found;
}

function elementsOf({ inverse, uniqueIds, bags }: HostBatch, i: number, f: number): number[] {
  const { offset, pooling } = fields[f]!;
  const place = inverse[i * fields.length + f]!;
  if (!pooling) return [uniqueIds[place]! - offset];
  const bag = place - uniqueIds.length;
  const elements = [...bags!.elements.subarray(bags!.starts[bag], bags!.starts[bag + 1])];
  const weight = elements.length > 0 ? bags!.weights[bags!.starts[bag]!]! : 1;
  return [weight, ...elements.map((element) => uniqueIds[element]! - offset)];
}

describe('a pass with unknownRate', () => {
  const pass = (epoch: number, more: Partial<BatchOptions> = {}) =>
    idsOf({ batchSize: 256, shuffle: { seed: 3, epoch }, unknownRate: RATE, ...more });

  it('replaces ids by 0, each with that probability; domains and numbers keep theirs', async () => {
    const [plain, replaced] = await Promise.all([pass(1, { unknownRate: 0 }), pass(1)]);
    const rows = data.splits.train.length;
    fields.forEach(({ name, pooling }, f) => {
      let [known, changed] = [0, 0];
      for (const row of data.splits.train) {
        const [before, after] = [plain, replaced].map((ids) => ids.get(`${row}/${f}`)!);
        expect(after).toHaveLength(before!.length);
        if (pooling) expect(after![0]).toBe(before![0]); // the weight of a bag
        for (let j = pooling ? 1 : 0; j < before!.length; j++) {
          if (before![j] === 0) continue;
          known++;
          if (after![j] === before![j]) continue;
          expect(after![j]).toBe(0);
          changed++;
        }
      }
      if (pooling === 'scaled' || domainFields.includes(name)) expect([name, changed]).toEqual([name, 0]);
      else {
        const error = 4 * Math.sqrt((RATE * (1 - RATE)) / known);
        expect(Math.abs(changed / known - RATE)).toBeLessThan(error);
      }
    });
    for (const row of data.splits.train) expect(replaced.get(`${row}/domain`)).toEqual(plain.get(`${row}/domain`));
    expect(rows).toBeGreaterThan(2000);
  });

  it('is a function of seed, epoch and row: not of batches, nor of what was skipped', async () => {
    const whole = await pass(2);
    expect(await pass(2, { batchSize: 100 })).toEqual(whole);
    expect(await pass(3)).not.toEqual(whole);
    for (const [key, ids] of await pass(2, { skip: 4 })) expect(ids).toEqual(whole.get(key));
  });

  it('in input order, as for evaluation, replaces nothing', async () => {
    const plain = await idsOf({ batchSize: 256 });
    expect(await idsOf({ batchSize: 256, unknownRate: RATE })).toEqual(plain);
  });
});

describe('rowHash', () => {
  it('is even over [0, 1), and unlike for neighbours in every argument', () => {
    const bins = new Int32Array(16);
    for (let row = 0; row < 16_000; row++) bins[Math.floor(16 * rowHash(1, 1, row, 1))]!++;
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
    let both = 0;
    for (let row = 0; row < 16_000; row++) {
      for (const other of [
        rowHash(2, 1, row, 1),
        rowHash(1, 2, row, 1),
        rowHash(1, 1, row + 1, 1),
        rowHash(1, 1, row, 2),
      ]) {
        if (rowHash(1, 1, row, 1) < 0.5 && other < 0.5) both++;
      }
    }
    expect(Math.abs(both / 64_000 - 0.25)).toBeLessThan(0.01);
  });
});
