import { describe, expect, it } from 'vitest';
import { countOccurrences } from '../../src/batches/count-occurrences.js';
import type { EncodedData } from '../../src/index.js';

const field = (name: string, offset: number, size: number) => ({ name, offset, size });

/** Rows of tab 1 and tab 2 that both have the bag of tags 1, 2 and 2 again; one of tab 1 with an empty list; one that tests. */
const data = {
  schema: { fields: [field('tab', 0, 3), field('tags', 3, 5)], domains: [] },
  ids: Int32Array.of(1, 1, 2, 1, 1, 0, 2, 1),
  bags: [undefined, { starts: Int32Array.of(0, 0, 3), elements: Int32Array.of(1, 2, 2) }],
  splits: { train: Int32Array.of(0, 1, 2), validation: new Int32Array(0), test: Int32Array.of(3) },
} as unknown as EncodedData;

describe('countOccurrences', () => {
  it('counts values once a row, and the elements of a list in each training row that has the list', () => {
    expect(Array.from(countOccurrences(data))).toEqual([0, 2, 1, 0, 2, 4, 0, 0]);
  });

  it('counts a data set once', () => {
    expect(countOccurrences(data)).toBe(countOccurrences(data));
    expect(countOccurrences({ ...data })).not.toBe(countOccurrences(data));
  });
});
