import type { CellKey } from '../../results/cell-key.js';
import type { Gain } from '../../results/gain.js';

/** A gain in AUC of one predictor over others on the same rows: about other rows, not about other seeds. */
export type GainOverRows = Omit<Gain, 'std' | 'wins'>;

/** The mean of the scores that a line's seeds gave, as one predictor. */
export interface EnsembleRow extends CellKey {
  /** Models in it. */
  readonly seeds: number;
  /** Of the mean scores. */
  readonly auc: number;
  /** Of the mean scores, in nats. */
  readonly logLoss: number;
  /** AUC minus the mean AUC of its models alone; `n` is their number. */
  readonly overSeeds: GainOverRows;
  /** Mean log loss of its models alone minus its own; never below 0, since the log loss is convex. */
  readonly logLossOverSeeds: number;
  /**
   * AUC minus that of the baseline's ensemble, both of the `n` seeds that both have; null for the baseline itself, and where
   * fewer than two can be paired.
   */
  readonly overBaseline: GainOverRows | null;
  /** Trainable numbers of all models together. */
  readonly parameters: number;
  /** Microseconds that all of them take for a row, one after the other. */
  readonly inferenceUs: number;
}
