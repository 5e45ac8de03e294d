import { describe, expect, it } from 'vitest';
import { sliceBatch, splitByDomain, viewBatch, type HostBatch } from '../src/index.js';
import { batch } from './tiny-model.js';

/** The joint ids of each row: what no way of cutting may change. */
const idsOf = ({ uniqueIds, inverse }: HostBatch): number[] => Array.from(inverse, (at) => uniqueIds[at]!);

describe('cut batches', () => {
  it('by domain: the rows of the whole, in its order', () => {
    const parts = splitByDomain(batch);
    expect(parts.flatMap(idsOf)).toEqual(idsOf(batch));
    expect(parts.flatMap(({ order }) => [...order])).toEqual([...batch.order]);
    expect(parts.flatMap(({ labels }) => [...labels!])).toEqual([...batch.labels!]);
    expect(parts.map(({ domainIds, domainStarts }) => [[...domainIds], [...domainStarts]])).toEqual([
      [[1], [0, 2]],
      [[2], [0, 3]],
    ]);
  });

  it('slices have the ids that their rows use and no others', () => {
    for (let begin = 0; begin < batch.rows; begin++) {
      for (let end = begin + 1; end <= batch.rows; end++) {
        const slice = sliceBatch(batch, begin, end);
        expect(idsOf(slice)).toEqual(idsOf(batch).slice(begin * 2, end * 2));
        expect([...slice.uniqueIds].sort()).toEqual([...new Set(idsOf(slice))].sort());
      }
    }
  });

  it('views keep the ids of the whole', () => {
    const view = viewBatch(batch, 1, 4);
    expect(view.uniqueIds).toBe(batch.uniqueIds);
    expect([[...view.domainIds], [...view.domainStarts]]).toEqual([
      [1, 2],
      [0, 1, 3],
    ]);
  });
});
