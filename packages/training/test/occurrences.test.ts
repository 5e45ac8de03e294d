import type { BatchSource, FeatureSchema, HostBatch } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { countOccurrences } from '../src/loss/occurrences.js';

const field = (name: string, offset: number, size: number) => ({ name, offset, size });
const schema = { fields: [field('tab', 0, 3), field('tags', 3, 5)], domains: [] } as unknown as FeatureSchema;

/** Two rows of tab 1 and tab 2; both have the bag of tags 1, 2 and 2 again, whose table rows are 4, 5 and 5. */
const shared: HostBatch = {
  rows: 2,
  order: Int32Array.of(0, 1),
  uniqueIds: Int32Array.of(1, 2, 4, 5),
  inverse: Int32Array.of(0, 4, 1, 4),
  bags: {
    elements: Int32Array.of(2, 3, 3),
    starts: Int32Array.of(0, 3),
    weights: Float32Array.of(1, 1, 1),
    fieldStarts: Int32Array.of(0, 0, 1),
  },
  domainIds: Int32Array.of(1),
  domainStarts: Int32Array.of(0, 2),
};
/** One row of tab 1 with an empty list. */
const empty: HostBatch = {
  ...shared,
  rows: 1,
  uniqueIds: Int32Array.of(1),
  inverse: Int32Array.of(0, 1),
  bags: { ...shared.bags!, elements: new Int32Array(0), starts: Int32Array.of(0, 0), weights: new Float32Array(0) },
};

async function* inTwoBatches(): AsyncIterable<HostBatch> {
  yield await Promise.resolve(shared);
  yield empty;
}

describe('countOccurrences', () => {
  it('counts values once a row, and the elements of a list in each row that has the list', async () => {
    const source = { schema, batches: inTwoBatches } as unknown as BatchSource;
    expect(Array.from(await countOccurrences(source))).toEqual([0, 2, 1, 0, 2, 4, 0, 0]);
  });
});
