import type { HostBatch } from '@mdctr/core';
import { profileOps, type OpProfile } from '@mdctr/tensor';
import { Divergence, divergedError, type TrainingSteps } from '@mdctr/training';
import type { TimedModel } from './timed-models.js';

/** One step as it was measured, in milliseconds. */
export interface TimedStep {
  /** From the end of the step before to its own, waiting for the batch included. */
  readonly ms: number;
  readonly waitMs: number;
  /** Where a clock was on every op. */
  readonly profile?: OpProfile;
}

/** Which steps a block has: `count` after the first `from` of a training. */
export interface Block {
  readonly from: number;
  readonly count: number;
}

/**
 * Runs a block of training steps. One more goes before it unmeasured, because no batch is made ahead of it.
 * @throws MdctrError MDCTR_TRAINING_DIVERGED.
 */
export async function runBlock(
  { steps, assembled }: TimedModel,
  { from, count }: Block,
  clocked: boolean,
): Promise<TimedStep[]> {
  const timed: TimedStep[] = [];
  let done = from;
  let began = performance.now();
  for await (const batches of batchesFrom(steps, from)) {
    const waitMs = performance.now() - began;
    try {
      const run = (): number => steps.run(batches, done);
      const profile = clocked ? profileOps(run).profile : void run();
      // Setting the clock up is no part of the step.
      const ms = waitMs + (profile?.wallMs ?? performance.now() - began - waitMs);
      if (done > from) timed.push({ ms, waitMs, ...(profile && { profile }) });
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      const epoch = 1 + Math.floor(done / steps.stepsAnEpoch);
      throw divergedError(error, done + 1, epoch, steps.optimizer.learningRate);
    }
    if (++done > from + count) break;
    began = performance.now();
  }
  assembled.diagnostics(); // what plugins gather for an evaluation is of no interest
  return timed;
}

/** The batches of all steps after the first `done`, one epoch after the other. */
async function* batchesFrom(steps: TrainingSteps, done: number): AsyncIterable<HostBatch[]> {
  const { stepsAnEpoch } = steps;
  for (let epoch = 1 + Math.floor(done / stepsAnEpoch), skip = done % stepsAnEpoch; ; epoch++, skip = 0) {
    yield* steps.batches(epoch, skip);
  }
}
