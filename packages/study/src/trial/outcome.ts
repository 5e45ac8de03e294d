import type { TrialFailure, TrialResult } from '@mdctr/report';

/** How a trial ended: with its lines of the results (one, and one for each variant), or not. */
export type TrialOutcome = TrialSuccess | { readonly failure: TrialFailure };

export interface TrialSuccess {
  readonly lines: readonly [TrialResult, ...TrialResult[]];
  /** Of a tuning trial: the validation metric that it is judged by, larger is better; null where it is undefined. */
  readonly score?: number | null;
}

export const hasFailed = (outcome: TrialOutcome): outcome is { readonly failure: TrialFailure } => 'failure' in outcome;
