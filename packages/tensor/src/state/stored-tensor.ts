import type { Tensor } from '@tensorflow/tfjs-core';

/** Float32 numbers of a fixed shape that an optimizer changes in place. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** The present value; the same tensor until the next change. It belongs to the storage: do not dispose it. */
  read(): Tensor;
  /** Replaces the value; `values` has the same shape (row-major). */
  write(values: Float32Array | Tensor): void;
  /** A copy of the value on the host. */
  toHost(): Float32Array;
  dispose(): void;
}
