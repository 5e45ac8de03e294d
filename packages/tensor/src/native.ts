import type { DataType, Tensor } from '@tensorflow/tfjs-core';
import { runtime } from './runtime/index.js';

/** The part of tfjs-node's backend that this package uses: any TensorFlow op by name. */
export interface NativeBackend {
  readonly binding: Readonly<Record<string, number>>;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[];
}

/** One attribute of a TensorFlow op; `type` is a constant of the binding. */
export interface Attribute {
  readonly name: string;
  readonly type: number | undefined;
  readonly value: unknown;
}

let portableDepth = 0;

/**
 * Runs `body` with all ops in portable form, which is composed of tfjs ops and can be differentiated any number of times.
 * The native forms have only first derivatives. Use it for second-order methods and tests.
 */
export function withPortableOps<T>(body: () => T): T {
  portableDepth++;
  try {
    return body();
  } finally {
    portableDepth--;
  }
}

/** The native backend, or undefined where ops must take their portable form. */
export function nativeOps(): NativeBackend | undefined {
  return portableDepth > 0 ? undefined : nativeStorage();
}

/** Whether our own kernels (packages/tensor/native) can be called on the native backend. */
export const hasOwnKernels = (): boolean => runtime().info.kernels !== undefined;

/** Layers of fewer units are no work for vectors of units: TensorFlow has better ops for them, and all are in float32. */
export const NARROW = 4;

/** What our own kernels multiply in, for a layer: their attribute `precision` (see packages/tensor/native/gemm.h). */
export const kernelPrecision = (native: NativeBackend, units: number): Attribute =>
  attr.int(
    native,
    'precision',
    units < NARROW ? KERNEL_PRECISIONS.float32 : KERNEL_PRECISIONS[runtime().info.multiplies ?? 'float32'],
  );

/** Values of that attribute. */
export const KERNEL_PRECISIONS = { float32: 0, 'bfloat16 pairs': 1, 'bfloat16 tiles': 2 } as const;

/** The native backend, whatever form ops take: where variables live does not change in mid-run. */
export function nativeStorage(): NativeBackend | undefined {
  const current = runtime();
  return current.native ? (current.backend as unknown as NativeBackend) : undefined;
}

/** Attribute builders; each takes the backend because the constants live in its binding. */
export const attr = {
  type: (tf: NativeBackend, name: string, dtype: DataType): Attribute => ({
    name,
    type: tf.binding.TF_ATTR_TYPE,
    value: dtype === 'int32' ? tf.binding.TF_INT32 : tf.binding.TF_FLOAT,
  }),
  bool: (tf: NativeBackend, name: string, value: boolean): Attribute => ({
    name,
    type: tf.binding.TF_ATTR_BOOL,
    value,
  }),
  int: (tf: NativeBackend, name: string, value: number): Attribute => ({ name, type: tf.binding.TF_ATTR_INT, value }),
  float: (tf: NativeBackend, name: string, value: number): Attribute => ({
    name,
    type: tf.binding.TF_ATTR_FLOAT,
    value,
  }),
  string: (tf: NativeBackend, name: string, value: string): Attribute => ({
    name,
    type: tf.binding.TF_ATTR_STRING,
    value,
  }),
  shape: (tf: NativeBackend, name: string, value: readonly number[]): Attribute => ({
    name,
    type: tf.binding.TF_ATTR_SHAPE,
    value,
  }),
};
