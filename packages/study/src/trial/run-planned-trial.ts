import { MdctrError } from '@mdctr/base';
import { Checkpoints, type TrainingIdentity } from '@mdctr/training';
import type { StudyTrial } from '../plan/types.js';
import { writeScores } from '../store/scores-file.js';
import { writeResult } from '../store/study-folder.js';
import { measureTrial, type MeasuredTrial } from './measure-trial.js';
import type { TrialCallbacks, TrialContext } from './run-trial.js';
import { trainingIdentity } from './training-identity.js';

/** Where a trial leaves what it finds, and what a checkpoint there must agree on. */
export interface TrialPlace {
  readonly folder: string;
  /** Facts about data and machine. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Runs one trial of a study in its folder, from its checkpoint where there is one. When the promise resolves its result and
 * its scores (`scores.f32`: of the reported split, float32, little-endian, by ascending row) are on disk.
 * @throws MdctrError what the training throws; the reason of `callbacks.signal`.
 */
export async function runPlannedTrial(
  context: TrialContext,
  trial: StudyTrial,
  { folder, facts }: TrialPlace,
  callbacks: Pick<TrialCallbacks, 'onStep' | 'onEpoch' | 'signal' | 'inspect'>,
): Promise<MeasuredTrial> {
  const identity = trainingIdentity(trial, facts);
  const checkpoints = new Checkpoints(folder);
  const resumeFrom = await readOrRemove(checkpoints, identity);
  const saveTo = { checkpoints, identity };
  const measured = await measureTrial(trial, context, { ...callbacks, saveTo, resumeFrom });
  for (const [variant, scores] of measured.scores) await writeScores(folder, variant, scores);
  await writeResult(folder, measured.outcome);
  await checkpoints.remove();
  return measured;
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
