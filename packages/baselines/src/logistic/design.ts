import type { Column } from '../columns/column.js';
import { gather, gatherIds } from '../columns/gather.js';
import type { Grouping } from '../columns/grouping.js';

/**
 * Some rows as a logistic regression takes them. Coefficients stand in this order: the intercept, one for each dense column, one for each
 * group of each grouping.
 */
export interface Design {
  readonly rows: number;
  /** [rows] each, of mean 0 and deviation 1 on the training rows. */
  readonly dense: readonly Float32Array[];
  readonly sparse: readonly SparseBlock[];
}

/** The groups of a grouping as columns of ones, or of 1 / length for the elements of a list. */
export interface SparseBlock {
  /** [rows] */
  readonly of: Int32Array;
  readonly lists?: Grouping['lists'];
  readonly size: number;
}

/** Makes designs of rows, all on the scale of the training rows. */
export interface DesignMaker {
  of(rows: Int32Array): Design;
}

export function designOf(groupings: readonly Grouping[], columns: readonly Column[], train: Int32Array): DesignMaker {
  const scales = columns.map(({ values }) => scaleOf(values, train));
  return {
    of: (rows) => ({
      rows: rows.length,
      dense: columns.map(({ values }, c) => {
        const { mean, deviation } = scales[c]!;
        return gather(values, rows).map((value) => (value - mean) / deviation);
      }),
      sparse: groupings.map(({ of, lists, size }) => ({
        of: gatherIds(of, rows),
        size,
        ...(lists && { lists }),
      })),
    }),
  };
}

function scaleOf(values: Float32Array, train: Int32Array): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (const row of train) sum += values[row]!;
  const mean = sum / train.length;
  for (const row of train) squares += (values[row]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / train.length) || 1 };
}

/** Number of coefficients. */
export const widthOf = ({ dense, sparse }: Design): number =>
  1 + dense.length + sparse.reduce((sum, { size }) => sum + size, 0);

/** [rows] what the coefficients make of each row. */
export function marginsOf({ rows, dense, sparse }: Design, coefficients: Float64Array): Float64Array {
  const margins = new Float64Array(rows).fill(coefficients[0]!);
  dense.forEach((values, c) => {
    const weight = coefficients[1 + c]!;
    for (let i = 0; i < rows; i++) margins[i]! += weight * values[i]!;
  });
  let offset = 1 + dense.length;
  for (const { of, lists, size } of sparse) {
    if (!lists) for (let i = 0; i < rows; i++) margins[i]! += coefficients[offset + of[i]!]!;
    else {
      for (let i = 0; i < rows; i++) {
        const [begin, end] = [lists.starts[of[i]!]!, lists.starts[of[i]! + 1]!];
        for (let e = begin; e < end; e++) margins[i]! += coefficients[offset + lists.elements[e]!]! / (end - begin);
      }
    }
    offset += size;
  }
  return margins;
}

/** Adds to each coefficient's slot the sum over rows of its column times a number of the row. */
export function addProducts({ rows, dense, sparse }: Design, byRow: Float64Array, sums: Float64Array): void {
  for (let i = 0; i < rows; i++) sums[0]! += byRow[i]!;
  dense.forEach((values, c) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += byRow[i]! * values[i]!;
    sums[1 + c]! += sum;
  });
  let offset = 1 + dense.length;
  for (const { of, lists, size } of sparse) {
    if (!lists) for (let i = 0; i < rows; i++) sums[offset + of[i]!]! += byRow[i]!;
    else {
      for (let i = 0; i < rows; i++) {
        const [begin, end] = [lists.starts[of[i]!]!, lists.starts[of[i]! + 1]!];
        for (let e = begin; e < end; e++) sums[offset + lists.elements[e]!]! += byRow[i]! / (end - begin);
      }
    }
    offset += size;
  }
}
