import { firstOf } from '@mdctr/base';
import type { CellKey } from '../results/cell-key.js';
import type { TrialResult } from '../results/trial.js';
import type { BaselineComparison } from './gains.js';

/** The trials of a line of the table. */
export interface TrialCell {
  readonly key: CellKey;
  readonly trials: readonly TrialResult[];
}

/** Setting, backbone and method of a trial or a row, without anything else. */
export const cellKey = ({ setting, backbone, method }: CellKey): CellKey => ({
  ...(setting !== undefined && { setting }),
  backbone,
  method,
});

/** Trials by setting, backbone and method, in the order of the trials. */
export function cellsOf(trials: readonly TrialResult[]): TrialCell[] {
  const cells = new Map<string, TrialResult[]>();
  for (const trial of trials) {
    const cell = cells.get(textOf(trial));
    if (cell) cell.push(trial);
    else cells.set(textOf(trial), [trial]);
  }
  return [...cells.values()].map((cellTrials) => ({ key: cellKey(firstOf(cellTrials)), trials: cellTrials }));
}

/** Each cell against that of a method on the same backbone in the same setting; the method itself against nothing. */
export function comparisonsOf(cells: readonly TrialCell[], method: string | null): BaselineComparison[] {
  const byKey = new Map(cells.map(({ key, trials }) => [textOf(key), trials]));
  return cells.map(({ key, trials }) => {
    const compared = method !== null && key.method !== method;
    return { trials, baseline: (compared && byKey.get(textOf({ ...key, method }))) || [] };
  });
}

const textOf = ({ setting, backbone, method }: CellKey): string => JSON.stringify([setting, backbone, method]);
