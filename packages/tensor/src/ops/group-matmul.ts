import { lastOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { matMul } from './linear.js';
import { gatherRows } from './rows.js';
import { indexVector, reshape } from './shape.js';

/** Rows of a tile. Small enough that the padding of each group's last tile is cheap, large enough for a matrix product. */
const HEIGHT = 16;

/** A batch cut into tiles of equal height that hold rows of one group each; the last of a group is padded. */
export interface RowTiles {
  /** int32 [T * height]: the row that stands at each place. */
  readonly source: Tensor;
  /** int32 [T]: the group of each tile. */
  readonly owner: Tensor;
  /** int32 [rows]: the place where each row stands. */
  readonly place: Tensor;
}

/** Cuts rows into tiles; group g holds the rows from `starts[g]` up to `starts[g + 1]`. */
export function rowTiles(starts: Int32Array): RowTiles {
  const source: number[] = [];
  const owner: number[] = [];
  const place = new Int32Array(lastOf(starts));
  for (let g = 0; g + 1 < starts.length; g++) {
    const end = starts[g + 1]!;
    for (let begin = starts[g]!; begin < end; begin += HEIGHT) {
      owner.push(g);
      for (let row = begin; row < begin + HEIGHT; row++) {
        if (row < end) place[row] = source.length;
        // Padding repeats the group's last row; nobody reads what comes out of it.
        source.push(Math.min(row, end - 1));
      }
    }
  }
  return {
    source: indexVector(Int32Array.from(source)),
    owner: indexVector(Int32Array.from(owner)),
    place: indexVector(place),
  };
}

/**
 * Multiplies each row by the matrix of its group: x [rows, n], kernels [groups, n, m] -> [rows, m]. A fixed number of
 * ops, however many groups there are: a matrix product a group would cost a handful of ops each.
 */
export function groupMatMul(x: Tensor, kernels: Tensor, tiles: RowTiles): Tensor {
  const [, n, m] = kernels.shape as [number, number, number];
  const cut = reshape(gatherRows(x, tiles.source), [-1, HEIGHT, n]);
  const product = matMul(cut, gatherRows(kernels, tiles.owner)); // [T, height, m]
  return gatherRows(reshape(product, [-1, m]), tiles.place);
}

/** Multiplies each row by a matrix of its own: x [rows, n], kernels [rows, n, m] -> [rows, m]. */
export function rowMatMul(x: Tensor, kernels: Tensor): Tensor {
  const [rows, n, m] = kernels.shape as [number, number, number];
  return reshape(matMul(reshape(x, [rows, 1, n]), kernels), [rows, m]);
}
