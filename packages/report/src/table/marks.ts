import type { ActivityRow } from '../analyses/activity/types.js';
import type { CellKey } from '../results/cell-key.js';
import type { TrialResult } from '../results/trial.js';

/** What a line of the table must not be read without. */
export type Mark = 'unfinished' | 'idle';

/** What lines are marked by. */
export interface MarkedBy {
  readonly trials: readonly TrialResult[];
  readonly analyses?: { readonly activity?: readonly ActivityRow[] };
}

/** What each mark says, below the table. */
export const MARK_MEANINGS: Readonly<Record<Mark, string>> = {
  unfinished: 'the best evaluation of a trial was its last one, so that more training may change the line',
  idle: 'the method moves the scores of its baseline by less than a tenth of what another seed does',
};

/** The marks of a line, of a network or of a variant; none of a baseline. */
export function marksOf({ trials, analyses }: MarkedBy, line: CellKey): Mark[] {
  const of = (other: CellKey): boolean =>
    other.setting === line.setting && other.backbone === line.backbone && other.method === line.method;
  return [
    ...(trials.some((trial) => of(trial) && endedBest(trial)) ? (['unfinished'] as const) : []),
    ...(analyses?.activity?.some((row) => of(row) && row.idle) ? (['idle'] as const) : []),
  ];
}

/** Whether the last evaluation of all was the best. */
export const endedBest = ({ epochs, bestEpoch, steps, bestStep }: TrialResult): boolean =>
  steps === undefined ? bestEpoch === epochs : bestStep === steps;
