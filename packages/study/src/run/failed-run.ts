import type { StudyTrial } from '../plan/types.js';
import type { FailureReason } from '../trial/trial-failure.js';
import type { TrialRun } from './executor.js';

/** A trial as it ended by such a reason. */
export function failedRun(trial: StudyTrial, { stack, ...reason }: FailureReason, began: number): TrialRun {
  const seconds = (performance.now() - began) / 1000;
  return { outcome: { failure: { ...trial.cell, ...reason, seconds } }, stack };
}
