import type { Tensor } from '@tensorflow/tfjs-core';
import { createRowStorage, type TableStorage } from './table-storage.js';

/**
 * A table of `rows` vectors of length `dim`. A look-up takes distinct rows out; an update puts changed rows back, so
 * both cost by the batch and not by the table. What goes over the whole table does so chunk by chunk.
 */
export class EmbeddingTable {
  /** @internal What holds the rows; optimizers change it. */
  readonly storage: TableStorage;

  /** `chunks`: the first values, whole rows, from the first to the last. */
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

  /** Copies of the rows from `begin` up to `end`, whole rows, in chunks that fit into memory beside the table. */
  chunks(begin = 0, end = this.rows): Iterable<Float32Array> {
    return this.storage.readChunks(begin, end);
  }

  /** Replaces rows, from `begin` on, by those of the chunks, each of which is a number of whole rows. */
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
