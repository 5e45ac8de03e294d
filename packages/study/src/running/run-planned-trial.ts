import { MdctrError, type Registry } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import { Checkpoints, type TrainingIdentity } from '@mdctr/training';
import type { TrialCallbacks } from '../run-trial.js';
import { trainingIdentity } from '../training-identity.js';
import type { TuningTrial } from '../tuning/tuning.js';
import type { TrialSuccess } from './outcome.js';
import { measureTrial } from './measure-trial.js';
import type { PlannedTrial } from './plan.js';
import { writeScores } from './scores-file.js';
import { writeResult } from './study-folder.js';

/** What the trials of a setting share. */
export interface TrialsContext {
  readonly registry: Registry;
  readonly data: EncodedData;
  /** Facts about data and machine that a checkpoint must agree on. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Runs one trial of a study in its folder, from its checkpoint where there is one. When the promise resolves its result and
 * its scores (`scores.f32`: of the reported split, float32, little-endian, by ascending row) are on disk.
 * @throws MdctrError what the training throws; the reason of `callbacks.signal`.
 */
export async function runPlannedTrial(
  { registry, data, facts }: TrialsContext,
  trial: PlannedTrial | TuningTrial,
  folder: string,
  callbacks: Pick<TrialCallbacks, 'onStep' | 'onEpoch' | 'signal' | 'inspect'>,
): Promise<TrialSuccess> {
  const identity = trainingIdentity(trial, facts);
  const checkpoints = new Checkpoints(folder);
  const resumeFrom = await readOrRemove(checkpoints, identity);
  const saveTo = { checkpoints, identity };
  const { outcome, scores } = await measureTrial(trial, { registry, data }, { ...callbacks, saveTo, resumeFrom });
  for (const [variant, own] of scores) await writeScores(folder, variant, own);
  await writeResult(folder, outcome);
  await checkpoints.remove();
  return outcome;
}

/** A checkpoint that cannot be gone on with costs what it holds, not the trial. */
async function readOrRemove(checkpoints: Checkpoints, identity: TrainingIdentity): ReturnType<Checkpoints['read']> {
  try {
    return await checkpoints.read(identity);
  } catch (error) {
    if (!(error instanceof MdctrError)) throw error;
    await checkpoints.remove();
    return undefined;
  }
}
