import { median } from '@mdctr/base';
import type { AssembledModel, BatchSource } from '@mdctr/core';
import { scoreBy } from '@mdctr/metrics';
import { Divergence, divergedError } from './divergence.js';
import { CheckpointTimer, type CheckpointPlace } from './checkpoint/checkpoint-timer.js';
import { captureState, newProgress, restoreState, type TrainingState } from './checkpoint/training-state.js';
import { completeOptions, type TrainingOptions } from './options.js';
import type { EpochResult } from './epoch-result.js';
import { evaluateSplit } from './predict.js';
import { refuseNonsense, refuseUnmeasured } from './refuse-nonsense.js';
import { afterEpoch } from './schedule/plateau.js';
import { selectAfter } from './select-epoch.js';
import { arraysOf, SnapshotPlace, writeArrays, type Snapshot } from './snapshot.js';
import { TrainingSteps } from './training-steps.js';

export interface TrainingResult {
  readonly epochs: readonly EpochResult[];
  /** Number, from 1, of the epoch whose weights the model has now. */
  readonly bestEpoch: number;
  readonly steps: number;
  /** Median milliseconds of a step, waiting for its batch included; of the steps since it was last resumed. */
  readonly stepMs: number;
}

export interface TrainingContext {
  readonly seed: number;
  readonly onStep?: (step: number, steps: number, loss: number, learningRate: number) => void;
  readonly onEpoch?: (result: EpochResult) => void;
  /** Where to save checkpoints, how often options.checkpoint says. By default nowhere. */
  readonly saveTo?: CheckpointPlace;
  /** A checkpoint to go on from. */
  readonly resumeFrom?: TrainingState | undefined;
  /** Ends the training after the step it is in, with a checkpoint written; `train` then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains a model. After each epoch the validation rows are scored; the weights of the best epoch are in the model at
 * the end, whether training stopped early or not. Without validation rows the last epoch counts.
 *
 * With `resumeFrom` the result is, bit for bit, that of a training that was never interrupted: batches are a function of
 * seed and epoch, and everything else that a step depends on is in the checkpoint.
 * @throws MdctrError MDCTR_CONFIG_VALUE for options that do not go together; MDCTR_TRAINING_DIVERGED if the loss is no
 *   longer a number, or above `options.maxLoss`; MDCTR_TRAINING_ACCUMULATE.
 */
export async function train(
  trial: AssembledModel,
  source: BatchSource,
  given: TrainingOptions,
  { seed, onStep, onEpoch, saveTo, resumeFrom, signal }: TrainingContext,
): Promise<TrainingResult> {
  const options = completeOptions(given);
  refuseNonsense(options, { grouped: source.groups !== undefined });
  refuseUnmeasured(options, source);
  const { epochs, selectBy, patience, schedule } = options;
  const steps = new TrainingSteps(trial, source, options, seed);
  const { optimizer, random, settings, stepsAnEpoch, plannedSteps } = steps;
  const parts = { trial, optimizer, random };
  const times: number[] = [];
  const progress = resumeFrom?.progress ?? newProgress();
  const place = new SnapshotPlace(saveTo?.checkpoints.directory);
  let bestValues: Snapshot | undefined;
  const timer = new CheckpointTimer(options.checkpoint, saveTo);
  const save = async (): Promise<void> => timer.write(captureState(parts, progress, bestValues));
  try {
    if (resumeFrom) {
      restoreState(parts, resumeFrom);
      // The checkpoint that they are in goes when the next one is written.
      if (resumeFrom.best) bestValues = await place.take(resumeFrom.best.arrays);
    }
    while (!progress.done) {
      const { epoch } = progress;
      let began = performance.now();
      for await (const batches of steps.batches(epoch, progress.stepsInEpoch)) {
        const loss = steps.run(batches, progress.steps, progress.plateau.factor);
        progress.steps++;
        progress.stepsInEpoch++;
        progress.lossSum += loss;
        times.push(performance.now() - began);
        onStep?.(progress.steps, plannedSteps, loss, optimizer.learningRate);
        if (signal?.aborted || timer.due()) await save();
        signal?.throwIfAborted();
        began = performance.now();
      }
      if (epoch === epochs) trial.setProgress(1);
      optimizer.flush(trial.model.table);
      const validation = await evaluateSplit(trial, source, 'validation', settings);
      const loss = progress.lossSum / stepsAnEpoch;
      const learningRate = steps.rateAfter(progress.steps - 1, progress.plateau.factor);
      const result = { epoch, loss, learningRate, validation, diagnostics: trial.diagnostics() };
      progress.results.push(result);
      onEpoch?.(result);
      const judge = trial.variants.find(({ selects }) => selects);
      const judged = judge ? (validation?.variants?.[judge.name] ?? null) : validation;
      const score = scoreBy(judged?.metrics, selectBy);
      if (schedule.kind === 'plateau')
        progress.plateau = afterEpoch(progress.plateau, scoreBy(judged?.metrics, schedule.by ?? selectBy), schedule);
      progress.selection = selectAfter(progress.selection, { epoch, score: score ?? null }, options.minDelta);
      const { best, gain } = progress.selection;
      // The last epoch's weights need no copy: they are in the model.
      if (best.epoch === epoch) bestValues = epoch < epochs ? await place.take(arraysOf(trial.model)) : undefined;
      if (epoch === epochs || epoch - gain.epoch >= patience) progress.done = true;
      Object.assign(progress, { epoch: epoch + 1, stepsInEpoch: 0, lossSum: 0 });
      if (timer.dueAtEpochEnd()) await save();
    }
    const { epoch: bestEpoch } = progress.selection!.best;
    if (bestEpoch < progress.results.length && bestValues) {
      writeArrays(trial.model, bestValues.arrays);
      trial.reload();
    }
  } catch (error) {
    // What it would go on from leads to the same end.
    if (!(error instanceof Divergence)) throw error;
    await saveTo?.checkpoints.remove();
    throw divergedError(error, progress.steps + 1, progress.epoch, options.optimizer.learningRate);
  } finally {
    steps.dispose();
    await place.clear();
  }
  const { selection, results } = progress;
  return {
    epochs: results,
    bestEpoch: selection!.best.epoch,
    steps: progress.steps,
    stepMs: times.length === 0 ? 0 : median(times.slice(Math.min(3, times.length - 1))),
  };
}
