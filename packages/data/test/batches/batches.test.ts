import type { BatchOptions, HostBatch, SplitName } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { loadData, openBatches, type EncodedData } from '../../src/index.js';
import { file, load, options } from '../fixtures.js';

const data: EncodedData = await loadData({
  ...options,
  source: { kind: 'synthetic', rows: 2000, domains: 5, seed: 1 },
  domain: 'position',
  fields: [],
  minFrequency: 2,
  split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
});

async function collect(split: SplitName, batchOptions: BatchOptions, of = data): Promise<HostBatch[]> {
  const batches: HostBatch[] = [];
  for await (const batch of openBatches(of).batches(split, batchOptions)) batches.push(batch);
  return batches;
}

describe('batches', () => {
  it('hold every row of the split once, the last batch what is left', async () => {
    const batches = await collect('train', { batchSize: 300, shuffle: { seed: 1, epoch: 1 } });
    expect(batches.map(({ rows }) => rows)).toEqual([300, 300, 300, 300, 300, 100]);
    expect(batches.flatMap(({ order }) => [...order]).sort((a, b) => a - b)).toEqual([...data.splits.train]);
  });

  it('are grouped by domain, and name each id once', async () => {
    const fields = data.schema.fields.length;
    for (const batch of await collect('train', { batchSize: 300, shuffle: { seed: 1, epoch: 1 } })) {
      expect(new Set(batch.uniqueIds).size).toBe(batch.uniqueIds.length);
      expect([...batch.domainIds]).toEqual([...batch.domainIds].sort((a, b) => a - b));
      expect(batch.domainStarts[batch.domainIds.length]).toBe(batch.rows);
      batch.domainIds.forEach((domain, g) => {
        for (let i = batch.domainStarts[g]!; i < batch.domainStarts[g + 1]!; i++) {
          expect(data.domains[batch.order[i]!]).toBe(domain);
        }
      });
      for (let i = 0; i < batch.rows; i++) {
        expect(batch.labels![i]).toBe(data.labels![batch.order[i]!]);
        for (let f = 0; f < fields; f++) {
          const wanted = data.schema.fields[f]!.offset + data.ids[batch.order[i]! * fields + f]!;
          expect(batch.uniqueIds[batch.inverse[i * fields + f]!]).toBe(wanted);
        }
      }
    }
  });

  it('of one domain hold its rows of the split, and no others', async () => {
    const options = { batchSize: 100, shuffle: { seed: 1, epoch: 1 }, domain: 2 };
    const rows = (await collect('train', options)).flatMap(({ order }) => [...order]);
    const wanted = [...data.splits.train].filter((row) => data.domains[row] === 2);
    expect(rows.sort((a, b) => a - b)).toEqual(wanted);
    expect(await collect('train', { batchSize: 100, domain: 99 })).toEqual([]);
  });

  it('repeat for a seed and epoch, and differ for others', async () => {
    const first = (seed: number, epoch: number) => collect('train', { batchSize: 100, shuffle: { seed, epoch } });
    const [one, again, epoch, seed] = await Promise.all([first(1, 1), first(1, 1), first(1, 2), first(2, 1)]);
    expect(again).toEqual(one);
    expect(epoch![0]!.order).not.toEqual(one![0]!.order);
    expect(seed![0]!.order).not.toEqual(one![0]!.order);
  });

  it.each(['mixed', 'single'] as const)('%s, skip the first ones without changing the others', async (domains) => {
    const pass: BatchOptions = { batchSize: 100, domains, shuffle: { seed: 1, epoch: 2 } };
    const all = await collect('train', pass);
    for (const skip of [0, 3, all.length, all.length + 1]) {
      expect(await collect('train', { ...pass, skip })).toEqual(all.slice(skip));
      expect(openBatches(data).count('train', { ...pass, skip })).toBe(Math.max(0, all.length - skip));
    }
  });

  describe('of single domains', () => {
    const options = (seed: number, epoch = 1): BatchOptions => ({
      batchSize: 100,
      domains: 'single',
      shuffle: { seed, epoch },
    });

    it('hold one domain each and every row once, as many as counted', async () => {
      const batches = await collect('train', options(1));
      expect(batches.map(({ domainIds }) => domainIds.length)).toEqual(batches.map(() => 1));
      expect(batches.flatMap(({ order }) => [...order]).sort((a, b) => a - b)).toEqual([...data.splits.train]);
      expect(openBatches(data).count('train', options(1))).toBe(batches.length);
      expect(openBatches(data).count('train', { batchSize: 100 })).toBe(Math.ceil(data.splits.train.length / 100));
      const short = batches.filter(({ rows }) => rows < 100);
      expect(short.length).toBeLessThanOrEqual(5); // a domain has at most one, its last
    });

    it('repeat for a seed and epoch, and differ for others', async () => {
      const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => collect('train', options(seed))));
      expect(again).toEqual(one);
      expect(other!.map(({ domainIds }) => domainIds[0])).not.toEqual(one!.map(({ domainIds }) => domainIds[0]));
    });

    it('draw a domain by its share of the rows', async () => {
      const share = (domain: number): number =>
        data.splits.train.filter((row) => data.domains[row] === domain).length / data.splits.train.length;
      const first = await Promise.all(
        Array.from({ length: 200 }, async (_, seed) => (await collect('train', options(seed)))[0]!.domainIds[0]!),
      );
      for (const domain of [1, 2, 3, 4, 5]) {
        const drawn = first.filter((id) => id === domain).length / first.length;
        expect(Math.abs(drawn - share(domain))).toBeLessThan(
          4 * Math.sqrt((share(domain) * (1 - share(domain))) / 200),
        );
      }
    });
  });

  it('keep the order of the input without a shuffle', async () => {
    const [batch] = await collect('test', { batchSize: 1000 });
    expect([...batch!.order].sort((a, b) => a - b)).toEqual([...data.splits.test]);
  });

  it('give each combination of values that training never saw a group of its own', async () => {
    const head = 'tab,item,time,click\n';
    const path = file('unseen.csv', `${head}a,x,0,0\nb,y,1,1\na,y,2,1\nb,x,3,0\na,new,4,0\na,x,5,0\n`);
    const split = { by: 'time' as const, column: 'time', validation: 0, test: 0.5 };
    const unseen = await load(path, { domain: ['tab', 'item'], split });
    const [batch] = await collect('test', { batchSize: 10 }, unseen);
    expect([...batch!.domainIds]).toEqual([0, 0, 1]);
    expect([...batch!.order]).toEqual([3, 4, 5]);
  });
});
