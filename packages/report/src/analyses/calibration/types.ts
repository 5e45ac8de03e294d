import type { CellKey } from '../../results/cell-key.js';
import type { Stat } from '../../results/gain.js';

/** How far predicted clicks are from observed ones, overall and in the largest domains. */
export interface CalibrationAnalysis {
  readonly rows: readonly CalibrationRow[];
}

export interface CalibrationRow extends CellKey {
  /** Of all rows; a statistic is null where it is undefined for a seed. */
  readonly overall: CalibrationStats;
  /** The largest domains, by rows evaluated, the largest first. */
  readonly domains: readonly (CalibrationStats & { readonly domain: string })[];
}

export interface CalibrationStats {
  /** Predicted clicks over observed ones. */
  readonly pcoc: Stat | null;
  /** Expected calibration error. */
  readonly ece: Stat | null;
}
