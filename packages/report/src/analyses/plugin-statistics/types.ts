import type { CellKey } from '../../results/cell-key.js';
import type { Stat } from '../../results/gain.js';

/** One number of what a plugin says by layer and domain: mean over domains by rows evaluated, then over layers. */
export interface PluginStatisticsRow extends CellKey {
  readonly plugin: string;
  /** Name and meaning of the matrix. */
  readonly name: string;
  readonly meaning: string;
  readonly value: Stat;
}
