/** Which of the trials of a cell one is: trials are paired with those of another cell by it. */
export interface RunKey {
  readonly seed: number;
  /** Of rolling splits, from 1; absent where the rows are split once. */
  readonly fold?: number;
}

export const sameRun = (a: RunKey, b: RunKey): boolean => a.seed === b.seed && a.fold === b.fold;

/** `seed 1`, or `seed 1, fold 2`. */
export const runName = ({ seed, fold }: RunKey): string => `seed ${seed}${fold === undefined ? '' : `, fold ${fold}`}`;

/** The first of the trials on the last fold, whose rows are the split without folds. */
export function firstOfLastFold<Run extends RunKey>(runs: readonly Run[]): Run {
  return runs.reduce((latest, run) => ((run.fold ?? 1) > (latest.fold ?? 1) ? run : latest));
}
