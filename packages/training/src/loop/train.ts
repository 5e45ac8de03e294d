import type { AssembledModel, BatchSource } from '@mdctr/core';
import { completeOptions, type PartialTrainingOptions } from '../options/options.js';
import { refuseUnmeasured, validateOptions } from '../options/validate-options.js';
import { Divergence, divergedError } from './divergence.js';
import type { TrainingResult } from './results.js';
import type { TrainingContext } from './training-context.js';
import { TrainingRun } from './training-run.js';

/**
 * Trains a model. After each epoch, and within it if `evaluateEvery` says so, the validation rows are scored; the weights
 * of the best evaluation are in the model at the end, whether training stopped early or not. Without validation rows the last
 * one counts. A base margin is fitted before the first step.
 *
 * With `resumeFrom` the result is, bit for bit, that of a training that was never interrupted: batches are a function of
 * seed and epoch, and everything else that a step depends on is in the checkpoint.
 * @throws MdctrError MDCTR_CONFIG_VALUE for options that do not go together; MDCTR_TRAINING_DIVERGED if the loss is no
 *   longer a number, or above `options.maxLoss`; MDCTR_TRAINING_ACCUMULATE.
 */
export async function train(
  assembled: AssembledModel,
  source: BatchSource,
  given: PartialTrainingOptions,
  context: TrainingContext,
): Promise<TrainingResult> {
  const options = completeOptions(given);
  validateOptions(options, { grouped: source.groups !== undefined });
  refuseUnmeasured(options, source);
  const run = new TrainingRun(assembled, source, options, context);
  try {
    await run.begin();
    while (!run.done) await run.runEpoch();
    run.takeBestWeights();
    return run.result();
  } catch (error) {
    // What it would go on from leads to the same end.
    if (!(error instanceof Divergence)) throw error;
    await context.saveTo?.checkpoints.remove();
    throw divergedError(error, run.progress.steps + 1, run.progress.epoch, options.optimizer.learningRate);
  } finally {
    await run.end();
  }
}
