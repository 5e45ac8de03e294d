import type { BaselineResult, TrialFailure, TrialResult } from '@mdctr/report';

/** How a trial ended: with its lines of the results (one, and one for each variant), or not. */
export type TrialOutcome = TrialSuccess | { readonly failure: TrialFailure };

export interface TrialSuccess {
  readonly lines: readonly [TrialResult, ...TrialResult[]];
  /** Of a tuning trial: the validation metric that it is judged by, larger is better; null where it is undefined. */
  readonly score?: number | null;
}

/** How the fit of a baseline ended. */
export type BaselineOutcome = { readonly result: BaselineResult } | { readonly failure: TrialFailure };

export const hasFailed = (outcome: TrialOutcome | BaselineOutcome): outcome is { readonly failure: TrialFailure } =>
  'failure' in outcome;
