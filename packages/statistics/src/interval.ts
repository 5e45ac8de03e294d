/** A confidence interval: with probability `level`, over repetitions of the experiment, it holds the true value. */
export interface Interval {
  readonly level: number;
  readonly low: number;
  readonly high: number;
}

/** The level that intervals have unless another is asked for. */
export const LEVEL = 0.95;
