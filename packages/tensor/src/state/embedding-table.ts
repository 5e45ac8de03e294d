import type { Tensor } from '@tensorflow/tfjs-core';
import { createRowStorage, type TableStorage } from './table-storage.js';

/**
 * A table of `rows` vectors of length `dim`. Look-ups and updates touch only the distinct rows of a batch, so their cost
 * does not depend on the size of the table. Operations on the whole table run in chunks.
 */
export class EmbeddingTable {
  /** @internal What holds the rows; optimizers change it. */
  readonly storage: TableStorage;

  /** @param chunks initial values in order; each chunk is a number of whole rows. */
  constructor(
    readonly path: string,
    readonly rows: number,
    readonly dim: number,
    chunks: Iterable<Float32Array>,
  ) {
    this.storage = createRowStorage(rows, dim, 0);
    this.storage.writeChunks(0, chunks);
  }

  /** The rows of the given distinct ids: int32 [U] -> [U, dim]. The caller owns the tensor. */
  lookup(ids: Int32Array): Tensor {
    return this.storage.takeRows(ids);
  }

  /** A copy of all rows [rows * dim]. */
  toHost(): Float32Array {
    return this.storage.toHost();
  }

  /** Copies of the rows `begin` to `end`, the end excluded, in chunks of whole rows. */
  chunks(begin = 0, end = this.rows): Iterable<Float32Array> {
    return this.storage.readChunks(begin, end);
  }

  /** Replaces rows from `begin` on. Each chunk is a number of whole rows. */
  writeChunks(chunks: Iterable<Float32Array>, begin = 0): void {
    this.storage.writeChunks(begin, chunks);
  }

  /** Replaces all rows. */
  write(values: Float32Array): void {
    this.writeChunks([values]);
  }

  dispose(): void {
    this.storage.dispose();
  }
}
