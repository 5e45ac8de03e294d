import type { DomainBatch, FeatureSchema } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { KeptNeurons } from '../src/kept-neurons.js';

const schema: FeatureSchema = { fields: [], domainFields: [], domains: ['(unseen)', 'a', 'b', 'c'] };
const batchOf = (domainIds: number[], domainStarts: number[]): DomainBatch =>
  ({ domainIds, domainStarts }) as unknown as DomainBatch;
const factors = (...values: number[]): Float32Array => Float32Array.from(values);

describe('what AdaSparse says of kept neurons', () => {
  it('is the share that is cut by domain, largest first, and Jaccard between domains', () => {
    const kept = new KeptNeurons(schema);
    // a keeps the first two of four neurons, b the second and the third; b has more rows.
    kept.add('deep/0', batchOf([1, 2], [0, 2, 7]), factors(1, 1, 0, 0, 0, 2, 1, 0), 4, false);
    kept.add('deep/0', batchOf([1], [0, 1]), factors(1, 1, 0, 0), 4, false);
    const [sparsity, overlap] = kept.take();
    expect(sparsity).toMatchObject({
      columnsAre: 'layers',
      rows: ['b', 'a'],
      columns: ['deep/0'],
      values: [[0.5], [0.5]],
    });
    expect(overlap).toMatchObject({ columnsAre: 'domains', layer: 'deep/0', rows: ['b', 'a'], columns: ['b', 'a'] });
    expect(overlap!.values).toEqual([
      [1, 0.3333],
      [0.3333, 1],
    ]);
    expect(kept.take()).toEqual([]);
  });

  it('counts rows where factors differ by row', () => {
    const kept = new KeptNeurons(schema);
    // a keeps its first neuron for every row and its second for half of them, b the first alone.
    kept.add('deep/0', batchOf([1, 2], [0, 2, 3]), factors(1, 1, 1, 0, 1, 0), 2, true);
    const [sparsity, overlap] = kept.take();
    expect(sparsity!.values).toEqual([[0.25], [0.5]]);
    expect(overlap!.values[0]![1]).toBe(0.6667); // (1 + 0) / (1 + 0.5)
  });

  it('has no overlap of domains that keep nothing, and pairs of the 30 largest domains only', () => {
    const ids = Array.from({ length: 35 }, (_, i) => i + 1);
    const many = { ...schema, domains: Array.from({ length: 36 }, (_, i) => `p${i}`) };
    const kept = new KeptNeurons(many);
    kept.add('l', batchOf(ids, [0, ...ids]), new Float32Array(35), 1, false);
    const [sparsity, overlap] = kept.take();
    expect([sparsity!.rows.length, overlap!.rows.length]).toEqual([35, 30]);
    expect(overlap!.values[0]![1]).toBeNull();
  });
});
