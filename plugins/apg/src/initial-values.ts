import { normal, type Initializer } from '@mdctr/tensor';

/** Sizes of a low-rank layer x V S U: x [rows, inputs], V [inputs, rank], S [rank, rank], U [rank, units]. */
export interface LowRank {
  readonly inputs: number;
  readonly units: number;
  readonly rank: number;
}

/**
 * How U and V start: x V has the scale of x, and the elements of V U have the variance 2 / (inputs + units) of a Glorot
 * kernel, so that the layer starts at the scale of the one it replaces. (A Glorot start of each factor would make V U
 * smaller by a factor of three in a 512-256-128 tower.)
 */
export function factorStarts({ inputs, units, rank }: LowRank): { readonly u: number; readonly v: number } {
  return { v: Math.sqrt(1 / inputs), u: Math.sqrt((2 * inputs) / ((inputs + units) * rank)) };
}

/** Start of the two parts of a product left [n, inner] right [inner, m] whose elements have the standard deviation `std`. */
export function productStarts(std: number, inner: number): { readonly left: Initializer; readonly right: Initializer } {
  return { left: normal(std), right: normal(Math.sqrt(1 / inner)) };
}

/** The identity matrix times `share`, row-major, for a vector of rank * rank elements: S starts as the same for all. */
export function identity(share: number): Initializer {
  return (shape) => {
    const values = new Float32Array(shape[0]!);
    const rank = Math.sqrt(values.length);
    for (let i = 0; i < rank; i++) values[i * rank + i] = share;
    return values;
  };
}
