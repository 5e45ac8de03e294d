/** Mean over seeds; `std` is the sample standard deviation, null for one seed. */
export interface Stat {
  readonly mean: number;
  readonly std: number | null;
  readonly n: number;
}

/** What a comparison with the baseline comes to; see docs/guides/statistics.md. */
export type Verdict = 'better' | 'worse' | 'no difference shown' | 'too few seeds';

/**
 * A method against the baseline of the same backbone in one metric: mean and deviation of the differences, paired by
 * seed, or with rolling splits by seed and fold. Above 0 is better in every metric; for log loss it is the baseline's minus the method's.
 */
export interface Gain extends Stat {
  /** Seeds with a difference above 0. */
  readonly wins: number;
  /** Confidence interval of the mean, not corrected for other comparisons; null for one seed. */
  readonly interval: { readonly level: number; readonly low: number; readonly high: number } | null;
  /** Two-sided p value of the paired t-test over seeds; null for one seed. */
  readonly p: number | null;
  /** p corrected by Holm over all comparisons of the table in this metric; null for one seed. */
  readonly pHolm: number | null;
  /** Comparisons that it is corrected for. */
  readonly comparisons: number;
  readonly verdict: Verdict;
  /**
   * Of rolling splits: the same test with the variance of Nadeau and Bengio (2003), which allows for rows that trainings
   * share. Only in the gains of the table.
   */
  readonly rolling?: Pick<Gain, 'interval' | 'p' | 'pHolm' | 'verdict'>;
}
