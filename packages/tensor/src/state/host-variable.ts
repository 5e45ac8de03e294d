import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { StoredTensor } from './stored-tensor.js';

/** A variable in host memory: the portable form. Optimizers change `values` and then call `changed`. */
export class HostVariable implements StoredTensor {
  readonly kind = 'host';
  readonly values: Float32Array;
  private cached: Tensor | undefined;

  constructor(
    readonly shape: readonly number[],
    values: Float32Array,
  ) {
    this.values = Float32Array.from(values);
  }

  read(): Tensor {
    // A copy: some backends keep the array they are given, and `values` changes under it.
    this.cached ??= tf.keep(tf.tensor(this.values.slice(), [...this.shape], 'float32'));
    return this.cached;
  }

  write(values: Float32Array | Tensor): void {
    this.values.set(values instanceof Float32Array ? values : values.dataSync());
    this.changed();
  }

  toHost(): Float32Array {
    return this.values.slice();
  }

  changed(): void {
    this.cached?.dispose();
    this.cached = undefined;
  }

  dispose(): void {
    this.changed();
  }
}
