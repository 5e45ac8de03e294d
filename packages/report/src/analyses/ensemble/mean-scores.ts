import { firstOf } from '@mdctr/base';

/** Mean of several lists of scores, [N]; of one that may be held at a time. */
export function meanScores(lists: Iterable<Float32Array>): Float32Array {
  const [mean] = meansOf(wrapped(lists), 1);
  return mean!;
}

/** Means of the first scores of pairs and of the second ones, [N] each. */
export function meanPairs(pairs: Iterable<readonly [Float32Array, Float32Array]>): [Float32Array, Float32Array] {
  const [first, second] = meansOf(pairs, 2);
  return [first!, second!];
}

function* wrapped(lists: Iterable<Float32Array>): Generator<readonly Float32Array[]> {
  for (const list of lists) yield [list];
}

/** Sums are kept in double precision, so that models which all agree have exactly their own scores as the mean. */
function meansOf(tuples: Iterable<readonly Float32Array[]>, width: number): Float32Array[] {
  const sums: Float64Array[] = [];
  let count = 0;
  for (const lists of tuples) {
    if (count === 0) for (let i = 0; i < width; i++) sums.push(new Float64Array(firstOf(lists).length));
    lists.forEach((scores, i) => {
      const sum = sums[i]!;
      for (let row = 0; row < sum.length; row++) sum[row]! += scores[row]!;
    });
    count++;
  }
  return sums.map((sum) => Float32Array.from(sum, (value) => value / count));
}
