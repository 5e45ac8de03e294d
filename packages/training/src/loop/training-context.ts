import type { CheckpointPlace } from '../checkpoint/checkpoint-timer.js';
import type { TrainingState } from '../checkpoint/training-state.js';
import type { EpochResult } from './results.js';

/** What a training works with beside model, rows and options. */
export interface TrainingContext {
  readonly seed: number;
  readonly onStep?: (step: number, steps: number, loss: number, learningRate: number) => void;
  /** Called after each evaluation: at the end of each epoch, and where the options ask for more. */
  readonly onEpoch?: (result: EpochResult) => void;
  /** Where to save checkpoints, how often options.checkpoint says. By default nowhere. */
  readonly saveTo?: CheckpointPlace;
  /** A checkpoint to go on from. */
  readonly resumeFrom?: TrainingState | undefined;
  /** Ends the training after the step it is in, with a checkpoint written; `train` then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
