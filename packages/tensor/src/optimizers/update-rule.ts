import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeVariable } from '../state/native-variable.js';

/** Gives the tensor of a number; the same one within a step, so that many parameters share it. */
export type Scalars = (value: number) => Tensor;

/** When an update is made, and how far it goes. */
export interface StepAt {
  /** From 1. */
  readonly step: number;
  /** The learning rate of that step. */
  readonly rate: number;
}

/** w -= rate m / (sqrt(v) + floor), with the bias corrections of the step in rate and floor. */
export interface AdamNumbers {
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: number;
  readonly floor: number;
}

/**
 * How a weight changes, given its gradient and its state. Both forms do the same arithmetic: the native one in one
 * fused TensorFlow op, the host one in a loop.
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
  /** Of Adam alone: what our own kernel for rows of tables needs to know of a step. */
  readonly adam?: (at: StepAt) => AdamNumbers;
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
}

/**
 * Several steps without a gradient in closed form: w -= distance * direction(slots), slots *= decay. A row of a table
 * that batches did not touch is brought up to date by it when it is next looked up, which gives what a dense optimizer
 * would have done to it, step by step, at the cost of one.
 */
export interface IdleRule {
  /** Factor on each slot after `gap` steps. */
  decay(gap: number): readonly number[];
  /** How far along `direction` the `gap` steps that end with `step` carry; `rateOf` gives the learning rate of each. */
  distance(gap: number, step: number, rateOf: (step: number) => number): number;
  /** Slots [U, k] as they were before the gap -> [U, k]. */
  direction(slots: readonly Tensor[], step: number): Tensor;
  /** The same for one weight on the host. */
  directionHost(slots: readonly number[], step: number): number;
}

/** Terms of a sum below which a float32 weight does not notice them. */
const NEGLIGIBLE = 1e-9;

/** sum_j rate(t0 + j) ratio^j over the j = 1, ..., `gap` steps after t0 = `step` - `gap`: momentum that fades by `ratio`. */
export function fadingSum(gap: number, step: number, ratio: number, rateOf: (step: number) => number): number {
  let sum = 0;
  for (let j = 1, weight = ratio; j <= gap && weight > NEGLIGIBLE; j++, weight *= ratio) {
    sum += rateOf(step - gap + j) * weight;
  }
  return sum;
}
