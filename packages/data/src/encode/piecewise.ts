import { itemAt } from '@mdctr/base';
import type { PiecewiseEncoding } from '../options/field-spec.js';
import type { BagTable } from './bag-table.js';
import type { DistinctNumbers } from './distinct-values.js';
import { learnEdges } from './numbers.js';
import { sharedFloat32, sharedInt32 } from './shared-arrays.js';

/** The parts of a piecewise-linear encoding: from the least number of the training rows to the largest, cut at quantiles. */
export function learnPieces(numbers: DistinctNumbers, encoding: PiecewiseEncoding): PiecewiseEncoding {
  const seen = numbers.values.filter((value, i) => numbers.rows[i]! > 0 && !Number.isNaN(value)).sort();
  if (seen.length === 0) return { ...encoding, edges: [] };
  const [least, most] = [seen[0]!, seen[seen.length - 1]!];
  const inner = learnEdges(numbers, encoding.buckets).filter((edge) => edge > least && edge < most);
  return { ...encoding, edges: least < most ? [least, ...inner, most] : [least] };
}

/**
 * A bag for each number x: of every part that x reaches, its embedding times how much of the part lies below x, which is 1
 * for those that x is beyond. Below the first edge and beyond the last one the first and the last part go on as straight
 * lines. No value is id 0. Gorishniy et al. 2022, eq. 1.
 * @param numbers by bag, bag 0 included; NaN for no value.
 */
export function bagsOfPieces(numbers: Float64Array, { edges = [] }: PiecewiseEncoding): BagTable {
  const bags = Array.from(numbers, (number) => (Number.isNaN(number) ? [[0, 1] as const] : piecesOf(number, edges)));
  const length = bags.reduce((sum, bag) => sum + bag.length, 0);
  const table = {
    starts: sharedInt32(bags.length + 1),
    elements: sharedInt32(length),
    weights: sharedFloat32(length),
  };
  let next = 0;
  bags.forEach((bag, b) => {
    for (const [id, weight] of bag) {
      table.elements[next] = id;
      table.weights[next++] = weight;
    }
    table.starts[b + 1] = next;
  });
  return table;
}

/** Ids of the parts, from 1, that are not 0, with their factors. */
function piecesOf(x: number, edges: readonly number[]): (readonly [id: number, weight: number])[] {
  if (edges.length < 2) return [[1, 1]]; // all training rows had one number, or none
  const next = edges.findIndex((edge) => x < edge);
  const last = next < 0 ? edges.length - 1 : Math.max(1, next);
  return Array.from({ length: last }, (_, i) => {
    const [low, high] = [itemAt(edges, i), itemAt(edges, i + 1)];
    return [i + 1, i + 1 < last ? 1 : (x - low) / (high - low)] as const;
  });
}
