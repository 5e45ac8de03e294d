/** What all figures of a study need to know of it. */
export interface StudyOutline {
  /** In the order of the table, like the methods. */
  readonly backbones: readonly string[];
  readonly methods: readonly string[];
  /** Labels, in the order of the study; none for a study without. */
  readonly settings: readonly string[];
  /** Label of the method that gains are measured against. */
  readonly baseline: string | null;
  /** Split that all metrics are of. */
  readonly split: string;
  /** Whether domain sizes are training rows. */
  readonly trainSizes: boolean;
}
