/** What a trial changes: JSON by the path of the option. */
export type Values = Readonly<Record<string, unknown>>;

/** A point of the space. */
export interface Candidate {
  /** From 0, in the order they were drawn or stand in the grid. */
  readonly number: number;
  readonly values: Values;
}

/** A tuning trial to run: a candidate, trained for so many epochs at most. */
export interface SearchRequest extends Candidate {
  /** From 0; without halving there is one rung. Number and rung together name a trial. */
  readonly rung: number;
  readonly epochs: number;
}

/** What came of a trial. */
export interface TrialScore {
  readonly number: number;
  readonly rung: number;
  /**
   * The validation metric, its sign turned where less is better; null (or no finite number) for a trial that failed, e.g.
   * diverged, which is worse than any other.
   */
  readonly score: number | null;
}

/** A trial with its score. */
export interface ScoredTrial extends SearchRequest {
  readonly score: number;
}

/** How many trials a rung has (fewer where too many failed), and epochs of each. */
export interface Rung {
  readonly trials: number;
  readonly epochs: number;
}

/** What to do next: trials that are still to be run, in any order and at the same time; or the end of the search. */
export type SearchStep =
  | { readonly done: false; readonly run: readonly SearchRequest[] }
  | {
      readonly done: true;
      /** The best trial of the last rung that has one; null where every trial failed. */
      readonly best: ScoredTrial | null;
    };
