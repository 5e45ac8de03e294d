import type { Tensor } from '@tensorflow/tfjs-core';
import { attr, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { readDeviceChunks, writeDeviceChunks } from './device-chunks.js';
import { NativeVariable } from './native-variable.js';
import type { RowStorage } from './row-storage.js';

/** Rows of a resource variable of TensorFlow, where our own kernels are not to be had. */
export class ResourceRows implements RowStorage {
  readonly kind = 'resource';
  private readonly variable: NativeVariable;

  constructor(
    readonly native: NativeBackend,
    readonly rows: number,
    readonly dim: number,
    value: number,
  ) {
    // Made by TensorFlow in its own memory: an array would be there a second and a third time meanwhile.
    const filled = tf.fill([rows, dim], value, 'float32');
    this.variable = new NativeVariable(native, [rows, dim]);
    this.variable.write(filled);
    filled.dispose();
  }

  takeRows(ids: Int32Array): Tensor {
    const { native } = this;
    const attributes = [
      attr.type(native, 'dtype', 'float32'),
      attr.type(native, 'Tindices', 'int32'),
      attr.int(native, 'batch_dims', 0),
      attr.bool(native, 'validate_indices', false),
    ];
    return tf.tidy(() =>
      native.executeSingleOutput('ResourceGather', attributes, [this.variable.handle, tf.tensor1d(ids, 'int32')]),
    );
  }

  putRows(ids: Int32Array, rows: Tensor): void {
    const { native } = this;
    const attributes = [attr.type(native, 'dtype', 'float32'), attr.type(native, 'Tindices', 'int32')];
    tf.tidy(() => this.variable.change('ResourceScatterUpdate', attributes, [tf.tensor1d(ids, 'int32'), rows]));
  }

  readChunks(begin: number, end: number): Iterable<Float32Array> {
    return readDeviceChunks(this, begin, end);
  }

  writeChunks(begin: number, chunks: Iterable<Float32Array>): void {
    writeDeviceChunks(this, begin, chunks);
  }

  toHost(): Float32Array {
    return this.variable.toHost();
  }

  alike(value: number, dim = this.dim): ResourceRows {
    return new ResourceRows(this.native, this.rows, dim, value);
  }

  dispose(): void {
    this.variable.dispose();
  }
}
