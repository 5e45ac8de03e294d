import type { MetricValues } from '@mdctr/metrics';
import type { CellKey } from './cell-key.js';
import type { TrialDetails } from './details.js';

/** One cell of a study with one seed, on one fold. */
export interface TrialResult extends CellKey {
  readonly seed: number;
  /** Of rolling splits, from 1; absent where the rows are split once. */
  readonly fold?: number;
  /** Set where these are the metrics of a further way to predict with a model that has a result of its own. */
  readonly variant?: string;
  /** On the reported split. */
  readonly metrics: MetricValues;
  /** Trainable numbers, embeddings included. */
  readonly parameters: number;
  /** Floating-point operations of a forward pass, by row. */
  readonly flopsPerRow: number;
  /** Median milliseconds of a training step. */
  readonly stepMs: number;
  /** Microseconds of predicting a row of the reported split, batches of 4096 and their making included. */
  readonly inferenceUs: number;
  /**
   * How often the test rows were gone through, by the count of what hands rows out: once for each line of the trial
   * (one, and one more for each variant), so that nothing can have been chosen by them. 0 where there are none.
   */
  readonly testPasses: number;
  readonly seconds: number;
  /** Epochs begun. */
  readonly epochs: number;
  /** The epoch, from 1, of the best evaluation. */
  readonly bestEpoch: number;
  /** Steps done, in all and at the best evaluation; older results lack them. */
  readonly steps?: number;
  readonly bestStep?: number;
  /** Metrics by domain and by epoch, calibration, what the plugins had to say: for figures, not for the table. */
  readonly details?: TrialDetails;
}

/** A trial that gave no result, and why. */
export interface TrialFailure extends CellKey {
  readonly seed: number;
  /** Of rolling splits, from 1; absent where the rows are split once. */
  readonly fold?: number;
  /** Code of docs/reference/errors.md; null for an error without one. */
  readonly code: string | null;
  /** One sentence. */
  readonly reason: string;
  /** `FILE:LINE:COLUMN` where a package's own code threw, if it did. */
  readonly place?: string;
  /** From its start, or the last resumption, to its end. */
  readonly seconds: number;
}
