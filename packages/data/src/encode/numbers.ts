import { lastOf } from '@mdctr/base';
import type { Encoding } from '../options/field-spec.js';
import type { DistinctNumbers } from './distinct-values.js';

type Numeric = Extract<Encoding, { kind: 'numeric' }>;
type Bucketised = Extract<Encoding, { kind: 'quantiles' | 'edges' }>;

/** Mean and deviation (that of the population; 1 where all are equal) of the training rows' numbers, after `log`. */
export function learnScale({ values, rows }: DistinctNumbers, log: boolean): { mean: number; deviation: number } {
  let [total, sum, squares] = [0, 0, 0];
  const numbers = log ? values.map(signedLog) : values;
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

/** What embeddings are multiplied by; NaN stays. */
export function scaled(values: Float64Array, { log, mean = 0, deviation = 1 }: Numeric): Float64Array {
  return values.map((value) => ((log ? signedLog(value) : value) - mean) / deviation);
}

/**
 * Numbers that cut those of the training rows into up to `buckets` parts of as equal size as ties allow, ascending. The
 * i-th is the smallest number that at least i / buckets of the rows do not exceed; the largest of all parts nothing
 * off.
 */
export function learnEdges({ values, rows }: DistinctNumbers, buckets: number): number[] {
  const order = [...values.keys()]
    .filter((i) => rows[i]! > 0 && !Number.isNaN(values[i]!))
    .sort((a, b) => values[a]! - values[b]!);
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
