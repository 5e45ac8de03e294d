import type { Tensor } from '@tensorflow/tfjs-core';

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
