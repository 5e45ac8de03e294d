import { describe, expect, it } from 'vitest';
import { firstOf, getOrThrow, itemAt, lastOf, nonEmpty, pairOf } from '../../src/index.js';

describe('checked access', () => {
  it('gives what is there', () => {
    expect([firstOf([4, 5]), lastOf(Int32Array.of(4, 5)), itemAt('abc', 1)]).toEqual([4, 5, 'b']);
    expect(nonEmpty([1, 2, 3])).toEqual([1, 2, 3]);
    expect(pairOf([1, 2])).toEqual([1, 2]);
    expect(getOrThrow(new Map([['a', 1]]), 'a')).toBe(1);
  });

  it('takes undefined for a value where it is one', () => {
    expect(itemAt([undefined], 0)).toBeUndefined();
    expect(getOrThrow(new Map([['a', undefined]]), 'a')).toBeUndefined();
  });

  it('throws a RangeError for what is not there', () => {
    for (const access of [
      () => firstOf([]),
      () => lastOf([]),
      () => nonEmpty([]),
      () => itemAt([1], 1),
      () => itemAt([1], -1),
      () => itemAt([1], Number.NaN),
      () => pairOf([1, 2, 3]),
      () => getOrThrow(new Map(), 'a'),
    ])
      expect(access).toThrow(RangeError);
  });
});
