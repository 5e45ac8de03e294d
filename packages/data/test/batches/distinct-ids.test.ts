import { expect, it } from 'vitest';
import { DistinctIds } from '../../src/batches/distinct-ids.js';

/** What a Map makes of it. */
function byMap(ids: readonly number[]): { numbers: number[]; distinct: number[] } {
  const known = new Map<number, number>();
  const numbers = ids.map((id) => {
    if (!known.has(id)) known.set(id, known.size);
    return known.get(id)!;
  });
  return { numbers, distinct: [...known.keys()] };
}

it('numbers ids in the order they come, batch after batch, however many there are', () => {
  let state = 3;
  const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const distinct = new DistinctIds(2);
  for (const [count, range] of [
    [10, 4],
    [5000, 3000],
    [20, 2 ** 31 - 1],
    [3000, 2 ** 31 - 1],
    [0, 1],
  ] as const) {
    // Multiples of a power of two would meet in one slot without a hash.
    const ids = Array.from({ length: count }, (_, i) => {
      return i % 2 === 0 ? Math.floor(range * uniform()) : (i % 64) * 2 ** 24;
    });
    distinct.begin();
    const wanted = byMap(ids);
    expect(ids.map((id) => distinct.place(id))).toEqual(wanted.numbers);
    expect([...distinct.ids()]).toEqual(wanted.distinct);
    expect(distinct.size).toBe(wanted.distinct.length);
  }
});
