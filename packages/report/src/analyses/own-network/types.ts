import type { CellKey } from '../../results/cell-key.js';
import type { Gain } from '../../results/gain.js';

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
  /**
   * Those of them with a verdict, by Holm over all domains and methods of the analysis; null where no domain can have
   * one.
   */
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
