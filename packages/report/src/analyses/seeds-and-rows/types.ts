import type { CellKey } from '../../results/cell-key.js';
import type { Gain } from '../../results/gain.js';

/** A gain in AUC over the baseline that is about other rows as well as other seeds. */
export interface SeedsAndRowsRow extends CellKey {
  readonly gain: Omit<Gain, 'std' | 'wins'>;
  /** Standard error from training alone, and from the choice of rows. */
  readonly seedError: number;
  readonly rowError: number;
}
