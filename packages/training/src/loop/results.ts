import type { Diagnostics } from '@mdctr/core';
import type { SplitEvaluation } from '../evaluate/evaluate-split.js';

/** One evaluation: at the end of an epoch, and within it where `evaluateEvery` and `evaluateAtStart` ask for more. */
export interface EpochResult {
  /** From 1: the epoch of the last step; 1 before the first step too. */
  readonly epoch: number;
  /** Steps done in all; 0 before the first. */
  readonly step: number;
  /** Epochs done, with fractions: 1.25 after a quarter of the steps of epoch 2. It is `epoch` at the end of an epoch. */
  readonly epochsDone: number;
  /** Mean training loss over the epoch's steps so far, penalties included; null before the first. */
  readonly loss: number | null;
  /** Learning rate of the last step. */
  readonly learningRate: number;
  /** null where there are no validation rows. */
  readonly validation: SplitEvaluation | null;
  /** What the plugins had to say after the evaluation. */
  readonly diagnostics: Readonly<Record<string, Diagnostics>>;
}

/** The evaluation at the end of an epoch. */
export interface EpochEnd extends EpochResult {
  readonly loss: number;
}

/** Whether an evaluation was made at the end of its epoch. */
export const endsEpoch = (result: EpochResult): result is EpochEnd => result.epochsDone === result.epoch;

/** The evaluation whose weights were kept; undefined where there was none. */
export function bestOf({ evaluations, bestStep }: Pick<TrainingResult, 'evaluations' | 'bestStep'>) {
  return evaluations.find(({ step }) => step === bestStep);
}

/** What a training came to. */
export interface TrainingResult {
  /** The evaluations at the ends of epochs. A training that ends within an epoch has none of that epoch. */
  readonly epochs: readonly EpochEnd[];
  /** All evaluations in their order, those of `epochs` among them. */
  readonly evaluations: readonly EpochResult[];
  /** Number, from 1, of the epoch of the best evaluation, whose weights the model has now. */
  readonly bestEpoch: number;
  /** Steps that had been done at the best evaluation. */
  readonly bestStep: number;
  readonly steps: number;
  /** Median milliseconds of a step, waiting for its batch included; of the steps since it was last resumed. */
  readonly stepMs: number;
}
