import { join } from 'node:path';
import { MdctrError, writeWhole, type Registry } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import { Checkpoints, scoreBy, type MetricName, type SplitScores, type TrainingIdentity } from '@mdctr/training';
import { judgedBy, runTrial, trialResults, type TrialCallbacks } from '../run-trial.js';
import { trainingIdentity } from '../training-identity.js';
import type { TuningTrial } from '../tuning/tuning.js';
import type { TrialSuccess } from './outcome.js';
import { reportedSplit, slug, type PlannedTrial } from './plan.js';
import { scoresFile } from './study-files.js';
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
  callbacks: Pick<TrialCallbacks, 'onStep' | 'onEpoch' | 'signal'>,
): Promise<TrialSuccess> {
  const plan = { ...trial, registry, data };
  const identity = trainingIdentity(plan, facts);
  const checkpoints = new Checkpoints(folder);
  const resumeFrom = await readOrRemove(checkpoints, identity);
  const split = reportedSplit(data);
  const scores = new Map<string, Float32Array>();
  const finished = await runTrial(plan, {
    ...callbacks,
    saveTo: { checkpoints, identity },
    resumeFrom,
    onScores: (of, own, variant) => {
      if (of === split) scores.set(scoresFile(variant && slug(variant)), byRow(own, data.rows));
    },
  });
  finished.trial.dispose();
  for (const [name, own] of scores) {
    const rows = Float32Array.from(data.splits[split], (row) => own[row]!);
    await writeWhole(join(folder, name), new Uint8Array(rows.buffer));
  }
  const lines = trialResults(trial.cell, finished, split);
  const outcome: TrialSuccess =
    'tuning' in trial
      ? { lines, score: scoreBy(judgedBy(finished), trial.tuning.metric as MetricName) ?? null }
      : { lines };
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

/** [N] scores at the places of their rows. */
function byRow({ order, scores }: SplitScores, rows: number): Float32Array {
  const placed = new Float32Array(rows);
  order.forEach((row, i) => (placed[row] = scores[i]!));
  return placed;
}
