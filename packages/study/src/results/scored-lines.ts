import type { TrialResult } from '@mdctr/report';
import type { PlannedTrial, StudyPlan } from '../plan/types.js';
import { type TrialOutcome, hasFailed } from '../trial/outcome.js';

/** Lines of results with what gives their scores. */
export interface ScoredLines {
  /** Every line of every trial that succeeded, with its trial, in the order of the plan. */
  readonly lines: ReadonlyMap<TrialResult, PlannedTrial>;
  /** [N] scores of a trial, or of a variant of it, by ascending row; to be asked for when they are needed. */
  readonly scoresOf: (trial: Pick<PlannedTrial, 'folder'>, variant: string | undefined) => Float32Array;
}

export function scoredLines(
  plan: StudyPlan,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  scoresOf: ScoredLines['scoresOf'],
): ScoredLines {
  const lines = new Map<TrialResult, PlannedTrial>();
  for (const trial of plan.trials) {
    const outcome = outcomes.get(trial.index);
    if (outcome && !hasFailed(outcome)) for (const line of outcome.lines) lines.set(line, trial);
  }
  return { lines, scoresOf };
}
