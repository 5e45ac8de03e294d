/** Scores with what they are judged by, in any order. */
export interface JudgedScores {
  /** [N] click probabilities. */
  readonly scores: Float32Array;
  /** [N] 0 or 1. */
  readonly labels: Float32Array;
  /** [N] domain ids. */
  readonly domains: Int32Array;
}
