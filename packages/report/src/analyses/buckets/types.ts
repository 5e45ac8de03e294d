import type { CellKey } from '../../results/cell-key.js';
import type { Gain, Stat } from '../../results/gain.js';

/** AUC inside domains, by buckets of domains of like size. */
export interface BucketAnalysis {
  readonly buckets: readonly Bucket[];
  readonly rows: readonly BucketRow[];
}

/** Domains by training rows, most first, cut into equal numbers of domains. */
export interface Bucket {
  readonly setting?: string;
  /** From 1, the largest domains. */
  readonly bucket: number;
  /** Those with an AUC in every trial of the setting, most training rows first. */
  readonly domains: readonly string[];
  /** Domains of the bucket without: no clicks among the rows evaluated, or nothing else. */
  readonly omitted: number;
  /**
   * Training rows of the bucket's largest and smallest domain, those left out included; rows evaluated where they are
   * not known.
   */
  readonly largest: number;
  readonly smallest: number;
  /** Rows evaluated of the domains that are compared. */
  readonly evaluationRows: number;
}

export interface BucketRow extends CellKey {
  readonly bucket: number;
  /** AUC inside domains, averaged by rows evaluated. */
  readonly domainAuc: Stat;
  /** The same, every domain counting alike. */
  readonly domainMacroAuc: Stat;
  /**
   * Gain in `domainAuc` over the baseline, by Holm over all comparisons of the analysis; null for the baseline itself.
   */
  readonly gain: Gain | null;
  readonly macroGain: Gain | null;
}
