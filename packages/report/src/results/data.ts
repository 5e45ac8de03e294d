import type { MetricValues } from '@mdctr/metrics';

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
  readonly similarity?: SimilarityResult;
  /** What a reader must know of the data, one sentence each. */
  readonly warnings?: readonly string[];
  /**
   * Of rolling splits, in order. All else here is of the last fold, but for `bestPossible`, means over folds, and
   * `warnings`, those of any fold.
   */
  readonly folds?: readonly FoldFacts[];
}

/** The rows of one fold. */
export interface FoldFacts {
  /** From 1. */
  readonly fold: number;
  readonly trainRows: number;
  readonly evaluationRows: number;
  readonly fingerprint: string;
}

/** How alike the domains of a data set are, by one measure or several. */
export interface SimilarityResult {
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
