import type { CellKey } from '../../results/cell-key.js';

/** How far a line's scores are from the baseline's, beside how far two seeds of the baseline are from one another. */
export interface ActivityRow extends CellKey {
  /** Seeds that the line and the baseline have both. */
  readonly seeds: number;
  /** Mean absolute difference of the scores that both gave the same row with the same seed. */
  readonly difference: number;
  /** The same of the baseline's scores with one seed and the next; null where there is one seed. */
  readonly ofSeeds: number | null;
  /** Whether the method did next to nothing: its scores differ by less than a tenth of what a seed makes. */
  readonly idle: boolean;
}
