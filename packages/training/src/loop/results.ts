import type { Diagnostics } from '@mdctr/core';
import type { SplitEvaluation } from '../evaluate/evaluate-split.js';

/** One epoch as it went. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch's steps, penalties included. */
  readonly loss: number;
  /** Learning rate of the epoch's last step. */
  readonly learningRate: number;
  /** null where there are no validation rows. */
  readonly validation: SplitEvaluation | null;
  /** What the plugins had to say after the evaluation. */
  readonly diagnostics: Readonly<Record<string, Diagnostics>>;
}

/** What a training came to. */
export interface TrainingResult {
  readonly epochs: readonly EpochResult[];
  /** Number, from 1, of the epoch whose weights the model has now. */
  readonly bestEpoch: number;
  readonly steps: number;
  /** Median milliseconds of a step, waiting for its batch included; of the steps since it was last resumed. */
  readonly stepMs: number;
}
