import type { TrialDetails } from './details.js';

/** Metrics of one trained model on the reported split; null where undefined. */
export interface TrialMetrics {
  readonly auc: number | null;
  readonly gauc: number | null;
  /** AUC inside the groups of data.gaucBy; absent where no column is named. */
  readonly groupGauc?: number | null;
  readonly logLoss: number | null;
}

/** One cell of a study with one seed. */
export interface TrialResult {
  readonly backbone: string;
  readonly method: string;
  readonly seed: number;
  /** Set where these are the metrics of a further way to predict with a model that has a result of its own. */
  readonly variant?: string;
  readonly metrics: TrialMetrics;
  /** Trainable numbers, embeddings included. */
  readonly parameters: number;
  /** Floating-point operations of a forward pass, by row. */
  readonly flopsPerRow: number;
  /** Median milliseconds of a training step. */
  readonly stepMs: number;
  readonly seconds: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  /** Metrics by domain and by epoch, calibration, what the plugins had to say: for figures, not for the table. */
  readonly details?: TrialDetails;
}

/** Mean over seeds; `std` is the sample standard deviation, null for one seed. */
export interface Stat {
  readonly mean: number;
  readonly std: number | null;
  readonly n: number;
}

/** One line of the table. */
export interface TableRow {
  readonly backbone: string;
  readonly method: string;
  readonly seeds: number;
  readonly auc: Stat | null;
  readonly gauc: Stat | null;
  /** Absent where no column is named by data.gaucBy. */
  readonly groupGauc?: Stat | null;
  readonly logLoss: Stat | null;
  readonly parameters: number;
  readonly flopsPerRow: number;
  readonly stepMs: number;
  /** AUC gain over the plain backbone with the same seed; null for the plain one, or where there is none. */
  readonly gain: (Stat & { readonly wins: number }) | null;
}

/** Everything a study found. */
export interface StudyResults {
  readonly schemaVersion: 1;
  readonly study: string;
  /** Split that all metrics are of. */
  readonly split: 'validation' | 'test';
  /** Whether epochs were chosen on the split that is reported. */
  readonly selectedOnSplit: boolean;
  readonly createdAt: string;
  readonly environment: Readonly<Record<string, string | number | boolean>>;
  readonly data: {
    readonly rows: number;
    readonly fields: number;
    readonly domains: number;
    readonly trainRows: number;
    readonly evaluationRows: number;
    /** Training rows of each domain, most first. */
    readonly domainSizes?: readonly { readonly domain: string; readonly trainRows: number }[];
    /** SHA-256 over the encoded rows, their labels, domains and splits: the same data, the same fingerprint. */
    readonly fingerprint?: string;
    /** Metrics of the true probabilities on the rows evaluated, for synthetic data: no model can expect better ones. */
    readonly bestPossible?: TrialMetrics;
  };
  /** The study's config with defaults filled in: what it takes to run it again. */
  readonly config?: unknown;
  /** Label of the method that gains are measured against. */
  readonly baseline: string | null;
  /** Trials that the study consists of; `trials` has fewer where it did not come to its end. */
  readonly plannedTrials: number;
  readonly table: readonly TableRow[];
  readonly trials: readonly TrialResult[];
}
