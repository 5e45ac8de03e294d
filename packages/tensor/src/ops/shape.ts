import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { nativeOps } from '../native.js';
import { tf } from '../tfjs.js';
import { stopGradient } from './elementwise.js';
import { portableExp } from './from-input.js';

/** The same elements in another shape; -1 stands for what is left. */
export const reshape = (x: Tensor, shape: readonly number[]): Tensor => tf.reshape(x, [...shape]);
/** Joins tensors along an axis (the last by default). */
export const concat = (parts: readonly Tensor[], axis = -1): Tensor =>
  parts.length === 1 ? firstOf(parts) : tf.concat([...parts], axis < 0 ? firstOf(parts).rank + axis : axis);
/** Joins tensors of one shape along a new axis. */
export const stack = (parts: readonly Tensor[], axis = 0): Tensor => tf.stack([...parts], axis);
/** `size` elements from `begin` on, for each dimension; -1 as size takes all that follow. */
export const slice = (x: Tensor, begin: readonly number[], size: readonly number[]): Tensor =>
  tf.slice(x, [...begin], [...size]);
/** Cuts a tensor along its first dimension; the sizes add up to its length. The parts share its memory where they can. */
export const splitRows = (x: Tensor, sizes: readonly number[]): Tensor[] =>
  // A copy of the array, because the tape holds the one that tfjs gives.
  sizes.length === 1 ? [x] : [...tf.split(x, [...sizes], 0)];
/** Swaps dimensions; reverses them by default. */
export const transpose = (x: Tensor, order?: readonly number[]): Tensor =>
  tf.transpose(x, order ? [...order] : undefined);

/** Sum over the axes (all by default). */
export function sum(x: Tensor, axis?: number | number[], keepDims = false): Tensor {
  recordFlops(x.size);
  return tf.sum(x, axis, keepDims);
}

/** Mean over the axes (all by default). */
export function mean(x: Tensor, axis?: number | number[], keepDims = false): Tensor {
  recordFlops(x.size);
  return tf.mean(x, axis, keepDims);
}

/** Softmax over the last axis. */
export function softmax(x: Tensor): Tensor {
  recordFlops(4 * x.size);
  if (nativeOps()) return tf.softmax(x);
  // The largest element only keeps the exponentials in range: the result, and so its gradient, does not depend on it.
  const powers = portableExp(tf.sub(x, stopGradient(tf.max(x, -1, true))));
  return tf.div(powers, tf.sum(powers, -1, true));
}

/** A float32 tensor from host values. */
export function tensor(values: Float32Array | readonly number[], shape: readonly number[]): Tensor {
  return tf.tensor(values instanceof Float32Array ? values : Float32Array.from(values), [...shape], 'float32');
}

/** An int32 vector from host values. */
export function indexVector(values: Int32Array): Tensor {
  return tf.tensor1d(values, 'int32');
}

/** A tensor of one value. */
export const fill = (shape: readonly number[], value: number): Tensor => tf.fill([...shape], value);

/** The value of a float32 tensor of one element, on the host. */
export const toNumber = (x: Tensor): number => firstOf(x.dataSync() as Float32Array);

/** Copies a float32 tensor to the host. */
export function toHost(x: Tensor): Float32Array {
  return (x.dataSync() as Float32Array).slice();
}
