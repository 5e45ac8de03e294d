import { describe, expect, it } from 'vitest';
import { MdctrError } from '@mdctr/base';
import { rankCorrelation } from '../src/index.js';
import { fixtures, relativeError } from './fixtures.js';

describe('rankCorrelation', () => {
  it.each(fixtures.rankCorrelations)('is SciPy’s, with and without ties', ({ x, y, correlation }) => {
    expect(relativeError(rankCorrelation(x, y)!, correlation)).toBeLessThan(1e-12);
  });

  it('is that of the mid-ranks, ties included', () => {
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 x 5).
    expect(rankCorrelation([10, 20, 20, 90], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 15);
    // Without ties 1 - 6 sum d^2 / (n (n^2 - 1)), here d = 4, -1, -1, -1, -1.
    expect(rankCorrelation([1, 2, 3, 4, 5], [5, 1, 2, 3, 4])).toBeCloseTo(1 - (6 * 20) / 120, 15);
  });

  it('knows order alone', () => {
    expect(rankCorrelation([1, 2, 3], [1, 10, 1e9])).toBe(1);
    expect(rankCorrelation([1, 2, 3], [-1, -10, -1e9])).toBe(-1);
  });

  it('says nothing of a side that is all equal, and refuses what are no pairs', () => {
    expect(rankCorrelation([1, 2, 3], [7, 7, 7])).toBeNull();
    for (const [x, y] of [
      [[1], [1]],
      [
        [1, 2],
        [1, 2, 3],
      ],
      [
        [1, NaN],
        [1, 2],
      ],
    ] as const)
      expect(() => rankCorrelation(x, y)).toThrow(MdctrError);
  });
});
