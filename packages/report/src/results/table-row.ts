import type { CellKey } from './cell-key.js';
import type { Gain, Stat } from './gain.js';

/** One line of the table. */
export interface TableRow extends CellKey {
  /** Trials: seeds, or with rolling splits pairs of seed and fold. All below that says seeds means those. */
  readonly seeds: number;
  /** By name of the metric; null where it is undefined for a seed, absent where the rows lack what it needs. */
  readonly metrics: Readonly<Record<string, Stat | null>>;
  readonly parameters: number;
  readonly flopsPerRow: number;
  readonly stepMs: number;
  readonly inferenceUs: number;
  /**
   * Gains over the baseline on the same backbone in the same setting, by name of the metric; null for the baseline
   * itself, or where there is none. Metrics of which neither end is better have none.
   */
  readonly gains: Readonly<Record<string, Gain | null>>;
  /** Metrics of a comparison with that baseline, by name; null as gains are, or where one is undefined for a seed. */
  readonly comparisons: Readonly<Record<string, Stat | null>>;
}
