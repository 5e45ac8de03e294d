import { lastOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { matMul } from './linear.js';
import { gatherRows } from './rows.js';
import { indexVector, reshape } from './shape.js';

/** Rows of a tile. Small enough that the padding of each group's last tile is cheap, large enough for a matrix product. */
const HEIGHT = 16;

/** Rows arranged in tiles of equal height. A tile has rows of one group; the last tile of a group is padded. */
export interface RowTiles {
  /** int32 [T * height]: the row that stands at each place. */
  readonly source: Tensor;
  /** int32 [T]: the group of each tile. */
  readonly owner: Tensor;
  /** int32 [rows]: the place where each row stands. */
  readonly place: Tensor;
}

/** Arranges rows in tiles. Group g has the rows `starts[g]` to `starts[g + 1]`, the end excluded. */
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
 * Multiplies each row by the matrix of its group: x [rows, n], kernels [groups, n, m] -> [rows, m]. The number of ops does
 * not depend on the number of groups.
 */
export function groupMatMul(x: Tensor, kernels: Tensor, tiles: RowTiles): Tensor {
  const [, n, m] = kernels.shape as [number, number, number];
  const cut = reshape(gatherRows(x, tiles.source), [-1, HEIGHT, n]);
  const product = matMul(cut, gatherRows(kernels, tiles.owner)); // [T, height, m]
  return gatherRows(reshape(product, [-1, m]), tiles.place);
}

/** Multiplies each row by a separate matrix: x [rows, n], kernels [rows, n, m] -> [rows, m]. */
export function rowMatMul(x: Tensor, kernels: Tensor): Tensor {
  const [rows, n, m] = kernels.shape as [number, number, number];
  return reshape(matMul(reshape(x, [rows, 1, n]), kernels), [rows, m]);
}
