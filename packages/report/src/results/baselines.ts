import type { CalibrationBin, DomainEvaluation, MetricValues } from '@mdctr/metrics';
import type { Interval } from '@mdctr/statistics';
import type { CellKey } from './cell-key.js';
import type { Gain, Stat } from './gain.js';

/** What lines of baselines have in place of a backbone. */
export const NO_BACKBONE = '(none)';

/** A baseline that was fitted once, to the rows that the networks of its setting are trained on. */
export interface BaselineResult extends CellKey {
  /** Its name in configs; `method` is its label. */
  readonly name: string;
  readonly seed: number;
  /** Of rolling splits, from 1; absent where the rows are split once. */
  readonly fold?: number;
  /** Whether another seed gives other scores. One that it does not is fitted once. */
  readonly seeded: boolean;
  /** On the reported split. */
  readonly metrics: MetricValues;
  /** Of its AUC over other rows, by DeLong; null for fewer than two rows of a class. */
  readonly interval: Interval | null;
  /** The metric of the validation rows that `training.selectBy` names, larger is better; null where it is undefined. */
  readonly validation: number | null;
  /** Options that were chosen by the validation rows, and what else was found. */
  readonly chosen: Readonly<Record<string, unknown>>;
  /** Sets of options that it could choose from. */
  readonly options: number;
  readonly seconds: number;
  /** Most rows first. */
  readonly domains: readonly DomainEvaluation[];
  readonly calibration: readonly CalibrationBin[];
}

/** One line of the table. */
export interface BaselineRow extends CellKey {
  readonly name: string;
  /** Fits: seeds, or with rolling splits pairs of seed and fold. */
  readonly seeds: number;
  /** By name of the metric, as of a network. */
  readonly metrics: Readonly<Record<string, Stat | null>>;
  /** Of the AUC over other rows, where the baseline was fitted once; else null: its seeds have a deviation. */
  readonly interval: Interval | null;
  /** Seconds of a fit, the median. */
  readonly seconds: number;
}

/** A baseline of the config that the study was run without. */
export interface LackingBaseline {
  readonly label: string;
  /** What the machine lacks, and how to get it. */
  readonly reason: string;
}

/** A network against the best baseline of its setting, on the same rows. */
export interface BaselineGain extends CellKey {
  /** Label of the baseline. */
  readonly baseline: string;
  /** In AUC, corrected by Holm for all networks of the study. */
  readonly gain: Omit<Gain, 'std' | 'wins'>;
}

/** The baseline of a setting that is best on the validation rows. */
export interface BestBaseline {
  readonly setting?: string;
  readonly label: string;
  /** Metric of the validation rows that it was chosen by. */
  readonly chosenBy: string;
}

/** What a study found of its baselines. */
export interface BaselinesResult {
  readonly table: readonly BaselineRow[];
  readonly trials: readonly BaselineResult[];
  /** Absent where the machine has all that they take. */
  readonly lacking?: readonly LackingBaseline[];
  /** One a setting; absent before the study has come to its end. */
  readonly best?: readonly BestBaseline[];
  /** One for each network; absent before the study has come to its end. */
  readonly gains?: readonly BaselineGain[];
}
