import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { chunkRows, consecutive } from './chunks.js';
import { release } from './release.js';
import type { RowStorage } from './row-storage.js';

/** Copies of rows that lie in native memory, chunk by chunk; each is freed when the next one is asked for. */
export function* readDeviceChunks(storage: RowStorage, begin: number, end: number): Generator<Float32Array> {
  const size = chunkRows(storage.dim);
  for (let from = begin; from < end; from += size) {
    const rows = storage.takeRows(consecutive(from, Math.min(end, from + size)));
    const values = rows.dataSync() as Float32Array;
    rows.dispose();
    yield values;
    release(values);
  }
}

/** Overwrites rows that lie in native memory from `begin` on, chunk by chunk, whole rows each. */
export function writeDeviceChunks(storage: RowStorage, begin: number, chunks: Iterable<Float32Array>): void {
  const { dim } = storage;
  const size = chunkRows(dim) * dim;
  let row = begin;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) {
      const values = chunk.subarray(at, at + size);
      const rows = values.length / dim;
      const tensor: Tensor = tf.tensor2d(values, [rows, dim], 'float32');
      storage.putRows(consecutive(row, row + rows), tensor);
      tensor.dispose();
      row += rows;
    }
  }
}
