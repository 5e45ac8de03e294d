import type { Tensor } from '@tensorflow/tfjs-core';

/** The numbers of a table, or of an optimizer's state for one: [rows, dim] float32, of which rows are taken and put back. */
export interface RowStorage {
  readonly rows: number;
  readonly dim: number;
  /** Rows by distinct ids: int32 [U] -> [U, dim]. The caller owns the tensor. */
  takeRows(ids: Int32Array): Tensor;
  /** Overwrites the rows of distinct ids: int32 [U], rows [U, dim]. */
  putRows(ids: Int32Array, rows: Tensor): void;
  /** Copies of the rows from `begin` up to `end`, whole rows; a chunk holds until the next one is asked for. */
  readChunks(begin: number, end: number): Iterable<Float32Array>;
  /** Overwrites rows from `begin` on, chunk by chunk, each of which is a number of whole rows. */
  writeChunks(begin: number, chunks: Iterable<Float32Array>): void;
  /** A copy of all rows [rows * dim]. */
  toHost(): Float32Array;
  /** New storage of the same kind and number of rows, of the same width unless `dim` is given; all numbers are `value`. */
  alike(value: number, dim?: number): RowStorage;
  dispose(): void;
}
