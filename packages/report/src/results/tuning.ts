/** A trial of a search. */
export interface TriedTrial {
  /** From 0. The same number has the same values of what methods share. */
  readonly number: number;
  /** Of successive halving, from 0. */
  readonly rung: number;
  readonly epochs: number;
  /** By path of the option. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The validation metric, its sign turned where less is better; null where it is undefined or the trial failed. */
  readonly score: number | null;
  /** How often the test rows were gone through: 0, for the trial's process does not have them. */
  readonly testPasses: number;
  /** Why it failed. */
  readonly failure?: string;
}

/** How a method was tuned on a backbone before it was compared. */
export interface TuningResult {
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
  /** Of rolling splits: each is tuned by itself. */
  readonly fold?: number;
  readonly kind: 'grid' | 'random' | 'halving';
  /** Validation metric that trials were judged by. */
  readonly metric: string;
  /** Every trial so far, by rung and number. */
  readonly trials: readonly TriedTrial[];
  /** What the comparison was run with; null where the search has not ended, or every trial failed. */
  readonly best: Pick<TriedTrial, 'number' | 'values' | 'score'> | null;
}
