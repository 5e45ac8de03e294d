import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { chunkRows } from './chunks.js';
import type { RowStorage } from './row-storage.js';

/** Rows in host memory: the portable form. */
export class HostRows implements RowStorage {
  readonly kind = 'host';
  private readonly values: Float32Array;

  constructor(
    readonly rows: number,
    readonly dim: number,
    value: number,
  ) {
    this.values = new Float32Array(rows * dim).fill(value);
  }

  takeRows(ids: Int32Array): Tensor {
    return tf.tensor(this.gather(ids), [ids.length, this.dim], 'float32');
  }

  putRows(ids: Int32Array, rows: Tensor): void {
    this.scatter(ids, rows.dataSync() as Float32Array);
  }

  /** Copies of rows by id, on the host: [U * dim]. */
  gather(ids: Int32Array): Float32Array {
    const { dim } = this;
    const taken = new Float32Array(ids.length * dim);
    for (let i = 0; i < ids.length; i++) {
      const from = ids[i]! * dim;
      taken.set(this.values.subarray(from, from + dim), i * dim);
    }
    return taken;
  }

  /** Overwrites rows by id with [U * dim] numbers on the host. */
  scatter(ids: Int32Array, rows: Float32Array): void {
    const { dim } = this;
    for (let i = 0; i < ids.length; i++) this.values.set(rows.subarray(i * dim, (i + 1) * dim), ids[i]! * dim);
  }

  *readChunks(begin: number, end: number): Generator<Float32Array> {
    const size = chunkRows(this.dim);
    for (let from = begin; from < end; from += size) {
      yield this.values.slice(from * this.dim, Math.min(end, from + size) * this.dim);
    }
  }

  writeChunks(begin: number, chunks: Iterable<Float32Array>): void {
    let at = begin * this.dim;
    for (const chunk of chunks) {
      this.values.set(chunk, at);
      at += chunk.length;
    }
  }

  toHost(): Float32Array {
    return this.values.slice();
  }

  alike(value: number, dim = this.dim): HostRows {
    return new HostRows(this.rows, dim, value);
  }

  dispose(): void {}
}
