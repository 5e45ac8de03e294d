import type { Tensor } from '@tensorflow/tfjs-core';
import type { KernelRows } from '../state/kernel-rows.js';
import type { RowStorage } from '../state/row-storage.js';
import type { NativeVariable } from '../state/native-variable.js';
import type { RateHistory } from './rate-history.js';
import type { IdleRule } from './idle-rule.js';
import type { RowUpdates } from './row-updates.js';
import type { Scalars, StepAt } from './step-at.js';

/**
 * How a weight changes, given its gradient and its state. All forms do the same arithmetic: the native one in one fused TensorFlow op,
 * the host one in a loop, the one for rows in a kernel of our own.
 * @internal
 */
export interface UpdateRule {
  readonly name: string;
  /** The rate of steps that nobody gives another. */
  readonly learningRate: number;
  /** Numbers of state a weight (0 for plain SGD, 2 for Adam). */
  readonly slots: number;
  /** Value of the state before the first step. */
  readonly initialSlot: number;
  /** What a step without a gradient still does (momentum carries on); undefined where it does nothing. */
  readonly idle?: IdleRule;
  /** Changes the variable and its slots in place. */
  applyNative(
    variable: NativeVariable,
    slots: readonly NativeVariable[],
    gradient: Tensor,
    at: StepAt,
    scalars: Scalars,
  ): void;
  /** Changes `weights` and `slots` in place; all arrays have one length. */
  applyHost(weights: Float32Array, slots: readonly Float32Array[], gradient: Float32Array, at: StepAt): void;
  /** Updates rows of a table as rows, wherever they live; absent where each weight is updated by itself. */
  composeRows?(weights: RowStorage, rates: RateHistory): RowUpdates;
  /** Updates rows of a table by a kernel of our own; absent where there is none for the rule. */
  applyRows?(table: KernelTable): RowUpdates;
}

/** A table whose rows our own kernels can change. */
export interface KernelTable {
  readonly weights: KernelRows;
  readonly rule: UpdateRule;
  readonly rates: RateHistory;
}
