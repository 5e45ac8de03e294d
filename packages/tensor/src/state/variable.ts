import type { Tensor } from '@tensorflow/tfjs-core';
import { hasOwnKernels, nativeStorage } from '../native.js';
import { tf } from '../tfjs.js';
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

/** The same for a table [n, k] of which rows are changed; all numbers are `value` at first. */
export function createTableVariable(shape: readonly [number, number], value: number): Variable {
  const native = nativeStorage();
  if (!native) return new HostVariable(shape, new Float32Array(shape[0] * shape[1]).fill(value));
  // Made by TensorFlow in its own memory: an array would be there a second and a third time meanwhile.
  const filled = tf.fill([...shape], value, 'float32');
  if (hasOwnKernels()) return new PlainVariable(native, shape, filled);
  const variable = new NativeVariable(native, shape);
  variable.write(filled);
  filled.dispose();
  return variable;
}
