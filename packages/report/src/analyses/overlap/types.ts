import type { CellKey } from '../../results/cell-key.js';
import type { Stat } from '../../results/gain.js';

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
