import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import type { Variable } from './variable.js';

/**
 * A float32 tensor whose memory our own kernels write to. TensorFlow's resource variables are copied as a whole when they are
 * read after rows of them were written; this one never is.
 */
export class PlainVariable implements Variable {
  /** Takes `tensor` over, which has memory of its own: it is the result of an op that nobody else holds. */
  constructor(
    readonly native: NativeBackend,
    readonly shape: readonly number[],
    private tensor: Tensor,
  ) {
    tf.keep(tensor);
  }

  /** The tensor itself: it has later changes too. */
  read(): Tensor {
    return this.tensor;
  }

  write(values: Float32Array | Tensor): void {
    const former = this.tensor;
    this.tensor = this.copyOf(values);
    former.dispose();
  }

  toHost(): Float32Array {
    return this.tensor.dataSync() as Float32Array; // a copy: tfjs-node makes one of what an op gave
  }

  /** Overwrites rows of a variable [n, k]: distinct ids int32 [U], rows [U, k]. */
  putRows(ids: Tensor, rows: Tensor): void {
    this.native.executeMultipleOutputs('MdctrPutRows', [], [this.tensor, ids, rows], 0);
  }

  dispose(): void {
    this.tensor.dispose();
  }

  /** In memory of its own: a tensor of an array may share the array's. */
  private copyOf(values: Float32Array | Tensor): Tensor {
    return tf.tidy(() => {
      const source = values instanceof Float32Array ? tf.tensor(values, [...this.shape], 'float32') : values;
      return tf.keep(tf.mul(source, 1));
    });
  }
}
