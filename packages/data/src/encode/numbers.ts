import { lastOf } from '@mdctr/base';
import type { Encoding, NumericEncoding, Scale } from '../options/field-spec.js';
import type { DistinctNumbers } from './distinct-values.js';

type Bucketised = Extract<Encoding, { kind: 'quantiles' | 'edges' }>;

/** Mean and deviation (that of the population; 1 where all are equal) of the training rows' numbers, after `change`. */
export function learnScale({ values, rows }: DistinctNumbers, change = (x: number): number => x): Scale {
  let [total, sum, squares] = [0, 0, 0];
  const numbers = values.map(change);
  numbers.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    total += rows[i]!;
    sum += rows[i]! * value;
  });
  const mean = total === 0 ? 0 : sum / total;
  numbers.forEach((value, i) => {
    if (!Number.isNaN(value)) squares += rows[i]! * (value - mean) ** 2;
  });
  return { mean, deviation: squares === 0 ? 1 : Math.sqrt(squares / total) };
}

/** sign(x) log(1 + |x|): a logarithm for numbers of either sign, 0 at 0. */
const signedLog = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));

/** What a numeric encoding does to a number before it is standardised. */
const changeOf =
  ({ log, range }: NumericEncoding) =>
  (x: number): number => {
    const clipped = range ? Math.min(range[1], Math.max(range[0], x)) : x;
    return log ? signedLog(clipped) : clipped;
  };

/** A numeric encoding with what it takes from the training rows: where it clips, and its scale. */
export function learnNumeric(numbers: DistinctNumbers, encoding: NumericEncoding): NumericEncoding {
  const range = encoding.clip !== undefined ? quantileRange(numbers, encoding.clip) : undefined;
  const clipped = { ...encoding, ...(range && { range }) };
  return encoding.standardise ? { ...clipped, ...learnScale(numbers, changeOf(clipped)) } : clipped;
}

/** What embeddings are multiplied by; NaN stays. */
export function scaled(values: Float64Array, encoding: NumericEncoding): Float64Array {
  const { mean = 0, deviation = 1 } = encoding;
  const change = changeOf(encoding);
  return values.map((value) => (change(value) - mean) / deviation);
}

/** Places of the numbers that training rows have, ascending by number. */
const inOrder = ({ values, rows }: DistinctNumbers): number[] =>
  [...values.keys()].filter((i) => rows[i]! > 0 && !Number.isNaN(values[i]!)).sort((a, b) => values[a]! - values[b]!);

/** The least number that more than a share `clip` of the rows do not exceed, and the largest from above alike. */
function quantileRange(numbers: DistinctNumbers, clip: number): readonly [number, number] | undefined {
  const order = inOrder(numbers);
  if (order.length === 0) return undefined;
  const least = order.reduce((sum, i) => sum + numbers.rows[i]!, 0) * clip;
  const firstBeyond = (places: readonly number[]): number => {
    let below = 0;
    return numbers.values[places.find((i) => (below += numbers.rows[i]!) > least) ?? lastOf(places)]!;
  };
  return [firstBeyond(order), firstBeyond(order.toReversed())];
}

/**
 * Numbers that cut those of the training rows into up to `buckets` parts of as equal size as ties allow, ascending. The
 * i-th is the smallest number that at least i / buckets of the rows do not exceed; the largest of all parts nothing
 * off.
 */
export function learnEdges({ values, rows }: DistinctNumbers, buckets: number): number[] {
  const order = inOrder({ values, rows });
  const total = order.reduce((sum, i) => sum + rows[i]!, 0);
  const edges: number[] = [];
  let [below, next] = [0, 1];
  for (const i of order) {
    below += rows[i]!;
    const crossed = Math.min(buckets - 1, Math.floor((below * buckets) / total));
    if (crossed >= next && values[i]! < values[lastOf(order)]! && edges.at(-1) !== values[i]) edges.push(values[i]!);
    next = Math.max(next, crossed + 1);
  }
  return edges;
}

/** Ids of numbers: 1 + the number of edges below the number, so that bucket i ends with edge i; 0 for NaN. */
export function bucketIds(values: Float64Array, { edges = [] }: Bucketised): Int32Array {
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return 0;
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  });
}
