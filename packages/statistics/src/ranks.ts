import { getOrThrow } from '@mdctr/base';

/** Twice the mid-rank of each value: whole numbers, ties included. Ranks begin with 1. */
export function doubledRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const ranks = new Map<number, number>();
  for (let first = 0; first < sorted.length;) {
    let end = first + 1;
    while (end < sorted.length && sorted[end] === sorted[first]) end++;
    ranks.set(sorted[first]!, first + end + 1);
    first = end;
  }
  return values.map((value) => getOrThrow(ranks, value));
}
