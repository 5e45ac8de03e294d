import type { Registry } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import { scoreBy } from '@mdctr/metrics';
import type { SplitScores } from '@mdctr/training';
import { judgedBy, runTrial, trialResults, type TrialCallbacks } from '../run-trial.js';
import type { TuningTrial } from '../tuning/tuning.js';
import type { TrialSuccess } from './outcome.js';
import { reportedSplit, type PlannedTrial } from './plan.js';

/** A trial that has run. */
export interface MeasuredTrial {
  readonly outcome: TrialSuccess;
  /** [N] scores of the reported split by ascending row; by variant, undefined for the model's own. */
  readonly scores: ReadonlyMap<string | undefined, Float32Array>;
}

/**
 * Trains and measures a trial of a study, or of a search before it, and disposes its model.
 * @throws MdctrError what the training throws; the reason of `callbacks.signal`.
 */
export async function measureTrial(
  trial: PlannedTrial | TuningTrial,
  { registry, data }: { readonly registry: Registry; readonly data: EncodedData },
  callbacks: Omit<TrialCallbacks, 'onScores'>,
): Promise<MeasuredTrial> {
  const split = reportedSplit(data);
  const scores = new Map<string | undefined, Float32Array>();
  const finished = await runTrial(
    { ...trial, registry, data },
    {
      ...callbacks,
      onScores: (of, own, variant) => {
        if (of === split) scores.set(variant, ofRows(own, data.splits[split], data.rows));
      },
    },
  );
  const lines = trialResults(trial.cell, finished, split);
  const judged = 'tuning' in trial && scoreBy(judgedBy(finished)?.metrics, trial.tuning.metric);
  finished.trial.dispose();
  return { outcome: judged === false ? { lines } : { lines, score: judged ?? null }, scores };
}

/** Scores in the order of `rows`. */
function ofRows({ order, scores }: SplitScores, rows: Int32Array, all: number): Float32Array {
  const placed = new Float32Array(all);
  order.forEach((row, i) => (placed[row] = scores[i]!));
  return Float32Array.from(rows, (row) => placed[row]!);
}
