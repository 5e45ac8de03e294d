import { scoreBy } from '@mdctr/metrics';
import type { SplitScores } from '@mdctr/training';
import { reportedSplit } from '../plan/reported-split.js';
import type { StudyTrial } from '../plan/types.js';
import type { TrialSuccess } from './outcome.js';
import { type TrialCallbacks, type TrialContext, judgedBy, runTrial, trialResults } from './run-trial.js';

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
  trial: StudyTrial,
  context: TrialContext,
  callbacks: Omit<TrialCallbacks, 'onScores'>,
): Promise<MeasuredTrial> {
  const { data } = context;
  const split = reportedSplit(data);
  const scores = new Map<string | undefined, Float32Array>();
  const finished = await runTrial(trial, context, {
    ...callbacks,
    onScores: (of, given, variant) => {
      if (of === split) scores.set(variant, ofRows(given, data.splits[split], data.rows));
    },
  });
  const lines = trialResults(trial.cell, finished, split);
  const judged = 'tuning' in trial && scoreBy(judgedBy(finished)?.metrics, trial.tuning.metric);
  finished.assembled.dispose();
  return { outcome: judged === false ? { lines } : { lines, score: judged ?? null }, scores };
}

/** Scores in the order of `rows`. */
function ofRows({ order, scores }: SplitScores, rows: Int32Array, all: number): Float32Array {
  const placed = new Float32Array(all);
  order.forEach((row, i) => (placed[row] = scores[i]!));
  return Float32Array.from(rows, (row) => placed[row]!);
}
