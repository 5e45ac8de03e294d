import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../native.js';
import { take } from '../ops/take.js';
import { tf } from '../tfjs.js';
import { readDeviceChunks, writeDeviceChunks } from './device-chunks.js';
import type { RowStorage } from './row-storage.js';

/**
 * Rows of a float32 tensor whose memory our own kernels write to. TensorFlow's resource variables are copied as a whole when they are
 * read after rows of them were written; this one never is.
 */
export class KernelRows implements RowStorage {
  readonly kind = 'kernels';
  /** [rows, dim] the memory itself: it has later changes too. Do not dispose it. */
  readonly memory: Tensor;

  constructor(
    readonly native: NativeBackend,
    readonly rows: number,
    readonly dim: number,
    value: number,
  ) {
    // The result of an op that nobody else holds has memory of its own.
    this.memory = tf.keep(tf.fill([rows, dim], value, 'float32'));
  }

  takeRows(ids: Int32Array): Tensor {
    return tf.tidy(() => take(this.memory, tf.tensor1d(ids, 'int32')));
  }

  putRows(ids: Int32Array, rows: Tensor): void {
    tf.tidy(() =>
      this.native.executeMultipleOutputs('MdctrPutRows', [], [this.memory, tf.tensor1d(ids, 'int32'), rows], 0),
    );
  }

  readChunks(begin: number, end: number): Iterable<Float32Array> {
    return readDeviceChunks(this, begin, end);
  }

  writeChunks(begin: number, chunks: Iterable<Float32Array>): void {
    writeDeviceChunks(this, begin, chunks);
  }

  toHost(): Float32Array {
    return this.memory.dataSync() as Float32Array; // a copy: tfjs-node makes one of what an op gave
  }

  alike(value: number, dim = this.dim): KernelRows {
    return new KernelRows(this.native, this.rows, dim, value);
  }

  dispose(): void {
    this.memory.dispose();
  }
}
