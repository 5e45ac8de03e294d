import type { Tensor } from '@tensorflow/tfjs-core';
import { hasOwnKernels, nativeStorage } from '../native.js';
import { HostVariable } from './host-variable.js';
import { NativeVariable } from './native-variable.js';
import { PlainVariable } from './plain-variable.js';

/**
 * A block of float32 numbers that an optimizer changes in place: a TensorFlow resource variable where there is one,
 * host memory otherwise.
 */
export interface Variable {
  readonly shape: readonly number[];
  /** The present value; the same tensor until the next change. It belongs to the variable: do not dispose it. */
  read(): Tensor;
  /** Replaces the value; `values` has the variable's shape (row-major). */
  write(values: Float32Array | Tensor): void;
  /** A copy of the value on the host. */
  toHost(): Float32Array;
  dispose(): void;
}

/** Makes a variable of the kind that the runtime serves best. */
export function createVariable(shape: readonly number[], values: Float32Array): Variable {
  const native = nativeStorage();
  return native ? new NativeVariable(native, shape, values) : new HostVariable(shape, values);
}

/** The same for a table [n, k] of which rows are changed. */
export function createTableVariable(shape: readonly number[], values: Float32Array): Variable {
  const native = nativeStorage();
  return native && hasOwnKernels() ? new PlainVariable(native, shape, values) : createVariable(shape, values);
}
