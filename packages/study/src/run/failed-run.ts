import type { TrialFailure } from '@mdctr/report';
import type { Cell } from '../plan/types.js';
import type { FailureReason } from '../trial/trial-failure.js';

/** A trial as it ended by such a reason. */
export function failedRun(
  trial: { readonly cell: Cell },
  { stack, ...reason }: FailureReason,
  began: number,
): { readonly outcome: { readonly failure: TrialFailure }; readonly stack: string | undefined } {
  const seconds = (performance.now() - began) / 1000;
  return { outcome: { failure: { ...trial.cell, ...reason, seconds } }, stack };
}
