import type { Diagnostics } from '@mdctr/core';
import type { SplitEvaluation } from './predict.js';

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
