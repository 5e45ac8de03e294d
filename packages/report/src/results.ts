import type { MetricValues } from '@mdctr/metrics';
import type { Analyses } from './analyses/types.js';
import type { BudgetResult } from './budget.js';
import type { Inspection } from './inspection.js';
import type { TrialDetails } from './details.js';
import type { SCHEMA_VERSION } from './schema-version.js';
import type { TuningResult } from './tuning.js';

/** One cell of a study with one seed. */
export interface TrialResult {
  /** Label of the setting; absent in a study without settings. */
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
  readonly seed: number;
  /** Set where these are the metrics of a further way to predict with a model that has a result of its own. */
  readonly variant?: string;
  /** On the reported split. */
  readonly metrics: MetricValues;
  /** Trainable numbers, embeddings included. */
  readonly parameters: number;
  /** Floating-point operations of a forward pass, by row. */
  readonly flopsPerRow: number;
  /** Median milliseconds of a training step. */
  readonly stepMs: number;
  /** Microseconds of predicting a row of the reported split, batches of 4096 and their making included. */
  readonly inferenceUs: number;
  /**
   * How often the test rows were gone through, by the count of what hands rows out: once for each line of the trial (one,
   * and one more for each variant), so that nothing can have been chosen by them. 0 where there are none.
   */
  readonly testPasses: number;
  readonly seconds: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  /** Metrics by domain and by epoch, calibration, what the plugins had to say: for figures, not for the table. */
  readonly details?: TrialDetails;
}

/** A trial that gave no result, and why. */
export interface TrialFailure {
  /** Label of the setting; absent in a study without settings. */
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
  readonly seed: number;
  /** Code of docs/reference/errors.md; null for an error without one. */
  readonly code: string | null;
  /** One sentence. */
  readonly reason: string;
  /** `FILE:LINE:COLUMN` where a package's own code threw, if it did. */
  readonly place?: string;
  /** From its start, or the last resumption, to its end. */
  readonly seconds: number;
}

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
 * seed. Above 0 is better in every metric; for log loss it is the baseline's minus the method's.
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
}

/** One line of the table. */
export interface TableRow {
  /** Label of the setting; absent in a study without settings. */
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
  readonly seeds: number;
  /** By name of the metric; null where it is undefined for a seed, absent where the rows lack what it needs. */
  readonly metrics: Readonly<Record<string, Stat | null>>;
  readonly parameters: number;
  readonly flopsPerRow: number;
  readonly stepMs: number;
  readonly inferenceUs: number;
  /**
   * Gains over the baseline on the same backbone in the same setting, by name of the metric; null for the baseline itself, or
   * where there is none. Metrics of which neither end is better have none.
   */
  readonly gains: Readonly<Record<string, Gain | null>>;
  /** Metrics of a comparison with that baseline, by name; null as gains are, or where one is undefined for a seed. */
  readonly comparisons: Readonly<Record<string, Stat | null>>;
}

/** What a study knows of its rows. */
export interface DataFacts {
  readonly rows: number;
  readonly fields: number;
  readonly domains: number;
  readonly trainRows: number;
  readonly evaluationRows: number;
  /** Domains without any row of the reported split; absent where there is none. */
  readonly unevaluatedDomains?: number;
  /** Training rows of each domain, most first. */
  readonly domainSizes?: readonly { readonly domain: string; readonly trainRows: number }[];
  /** SHA-256 over the encoded rows, their labels, domains and splits: the same data, the same fingerprint. */
  readonly fingerprint?: string;
  /** Metrics of the true probabilities on the rows evaluated, for synthetic data: no model can expect better ones. */
  readonly bestPossible?: MetricValues;
  /** How alike domains are, from the data alone. */
  readonly similarity?: DomainSimilarity;
  /** What a reader must know of the data, one sentence each. */
  readonly warnings?: readonly string[];
}

/** How alike the domains of a data set are, by one measure or several. */
export interface DomainSimilarity {
  readonly domains: readonly string[];
  readonly measures: readonly SimilarityMeasure[];
  /** Three domains, the first two alike and the third different: what a figure marks. */
  readonly chosen?: readonly [string, string, string];
}

export interface SimilarityMeasure {
  /** In a few words. */
  readonly name: string;
  /** One sentence on how to read it; larger is more alike. */
  readonly meaning: string;
  readonly range?: readonly [number, number];
  /** [domains][domains], symmetric; null where undefined. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** A part of the grid, with what differs in it. */
export interface SettingFacts {
  readonly label: string;
  readonly split: 'validation' | 'test';
  readonly selectedOnSplit: boolean;
  readonly data: DataFacts;
}

/** What a model of the table is made of. */
export interface NetworkResult {
  /** Label of the setting; absent in a study without settings. */
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
  /** Of its first trial: seeds change no shape. */
  readonly inspection: Inspection;
}

/** Everything a study found. */
export interface StudyResults {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly study: string;
  /** Split that all metrics are of. */
  readonly split: 'validation' | 'test';
  /** Whether epochs were chosen on the split that is reported. */
  readonly selectedOnSplit: boolean;
  readonly createdAt: string;
  readonly environment: Readonly<Record<string, string | number | boolean>>;
  /** Of the first setting, where there are several. */
  readonly data: DataFacts;
  /** Parts of the grid that differ in data, training or budget; absent in a study without settings. */
  readonly settings?: readonly SettingFacts[];
  /** The study's config with defaults filled in: what it takes to run it again. */
  readonly config?: unknown;
  /** Label of the method that gains are measured against. */
  readonly baseline: string | null;
  /** Trials that the study consists of; `trials` has fewer where it did not come to its end. */
  readonly plannedTrials: number;
  readonly table: readonly TableRow[];
  readonly trials: readonly TrialResult[];
  /** Each model as a tree, in the order of the table; absent in results of before there were any. */
  readonly networks?: readonly NetworkResult[];
  /** How networks were scaled to the same size; absent where none was. */
  readonly budgets?: readonly BudgetResult[];
  /** How each model was tuned before; absent where none was. */
  readonly tuning?: readonly TuningResult[];
  /** Trials that failed, in the order of the plan; absent where none did. */
  readonly failures?: readonly TrialFailure[];
  /** What `analyse` made of the trials' details. */
  readonly analyses?: Analyses;
}
