import type { Gain, Stat } from '../results.js';

/** What is computed from the trials' details, beside the table. A part is absent where there is nothing to say. */
export interface Analyses {
  readonly buckets?: BucketAnalysis;
  readonly ownNetwork?: OwnNetworkAnalysis;
  readonly realised?: readonly RealisedRow[];
  readonly overlap?: OverlapAnalysis;
  /** From the trials' scores, when the study has come to its end. */
  readonly otherRows?: readonly OtherRowsRow[];
}

/** A gain in AUC over the baseline that is about other rows as well as other seeds. */
export interface OtherRowsRow extends CellKey {
  readonly gain: Omit<Gain, 'std' | 'wins'>;
  /** Standard error from training alone, and from the choice of rows. */
  readonly seedError: number;
  readonly rowError: number;
}

/** A backbone with a method in a setting: what a line of the table is of. */
export interface CellKey {
  /** Label of the setting; absent in a study without settings. */
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
}

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
  /** Training rows of the bucket's largest and smallest domain, those left out included; rows evaluated where they are not known. */
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
  /** Gain in `domainAuc` over the baseline, by Holm over all comparisons of the analysis; null for the baseline itself. */
  readonly gain: Gain | null;
  readonly macroGain: Gain | null;
}

/** Each domain against a network of its own: where sharing costs a domain more than it gives (negative transfer). */
export interface OwnNetworkAnalysis {
  /** Label of the method with a network for each domain. */
  readonly method: string;
  readonly rows: readonly OwnNetworkRow[];
}

export interface OwnNetworkRow extends CellKey {
  /** Domains with an AUC in every trial of the setting. */
  readonly domains: number;
  /** Those whose mean gain is below 0, and above. */
  readonly below: number;
  readonly above: number;
  /** Those of them with a verdict, by Holm over all domains and methods of the analysis; null where no domain can have one. */
  readonly shownBelow: number | null;
  readonly shownAbove: number | null;
  /** Mean over domains by rows evaluated; by Holm over all methods of the analysis. */
  readonly gain: Gain;
  /** Most training rows first. */
  readonly byDomain: readonly DomainAgainstOwn[];
}

export interface DomainAgainstOwn {
  readonly domain: string;
  /** Training rows, or rows evaluated where those are not known. */
  readonly size: number;
  /** AUC inside the domain, the method's minus that of the domain's own network. */
  readonly gain: Gain;
}

/** One number of what a plugin says by layer and domain: mean over domains by rows evaluated, then over layers. */
export interface RealisedRow extends CellKey {
  readonly plugin: string;
  /** Name and meaning of the matrix. */
  readonly name: string;
  readonly meaning: string;
  readonly value: Stat;
}

/** What a plugin says of pairs of domains, beside how alike their data are. */
export interface OverlapAnalysis {
  readonly rows: readonly OverlapRow[];
  /** The pairs of the three domains that the data's similarity names. */
  readonly chosen: readonly ChosenPair[];
}

/** A layer of a plugin's matrix, as the plugin names them. */
export interface LayerKey extends CellKey {
  readonly plugin: string;
  /** Name of the plugin's matrix. */
  readonly name: string;
  readonly layer: string;
}

export interface OverlapRow extends LayerKey {
  /** Name of the measure of similarity. */
  readonly measure: string;
  /** Pairs of different domains with both numbers. */
  readonly pairs: number;
  /** Spearman's rank correlation over those pairs, of each seed; null where a side is all equal. */
  readonly correlation: Stat | null;
}

export interface ChosenPair extends LayerKey {
  readonly pair: readonly [string, string];
  /** The plugin's number. */
  readonly overlap: Stat | null;
  /** By name of the measure. */
  readonly similarity: Readonly<Record<string, number | null>>;
}
