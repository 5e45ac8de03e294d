import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeVariable } from '../state/native-variable.js';

/**
 * How a weight changes, given its gradient and its state. Both forms do the same arithmetic: the native one in one
 * fused TensorFlow op, the host one in a loop.
 */
export interface UpdateRule {
  readonly name: string;
  /** Numbers of state a weight (0 for plain SGD, 2 for Adam). */
  readonly slots: number;
  /** Value of the state before the first step. */
  readonly initialSlot: number;
  /** `step` counts from 1. Changes the variable and its slots in place. */
  applyNative(variable: NativeVariable, slots: readonly NativeVariable[], gradient: Tensor, step: number): void;
  /** `step` counts from 1. Changes `weights` and `slots` in place; all arrays have one length. */
  applyHost(weights: Float32Array, slots: readonly Float32Array[], gradient: Float32Array, step: number): void;
}
