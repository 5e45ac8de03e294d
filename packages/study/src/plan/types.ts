import type { BaselineOptions } from '@mdctr/baselines';
import type { ModelSpec } from '@mdctr/core';
import type { CellKey } from '@mdctr/report';
import type { TrainingOptions } from '@mdctr/training';
import type { TrialSpec } from '../config/types.js';

/** One cell of the grid on one fold. */
export interface ModelCell extends CellKey {
  /** From 1; absent where the rows are split once. */
  readonly fold?: number;
}

/** The same with one seed. */
export interface Cell extends ModelCell {
  readonly seed: number;
}

/** A model that is trained, and the setting of the study that it is trained in. */
export interface SettingModel extends ModelSpec {
  readonly training: TrainingOptions;
  /** Place of its setting and fold, and so of its data, in the study. */
  readonly setting: number;
}

/** A model of the grid, with its labels. */
export interface PlannedModel extends SettingModel {
  readonly cell: ModelCell;
  /** Folder of its trials, below that of the results. */
  readonly folder: string;
}

/** A trial of a study, and all that sets it apart from the others. */
export interface PlannedTrial extends PlannedModel, TrialSpec {
  /** Its place in the study, from 0. */
  readonly index: number;
  readonly cell: Cell;
  /** Place of its model in `StudyPlan.models`. */
  readonly model: number;
}

/** A trial of a search: it sees no test rows, and is judged by the validation rows. */
export interface TuningTrial extends PlannedTrial {
  readonly tuning: { readonly number: number; readonly rung: number; readonly metric: string };
}

/** Any trial that a study runs. */
export type StudyTrial = PlannedTrial | TuningTrial;

/** A baseline that is fitted in one setting with one seed. */
export interface BaselineTrial {
  readonly baseline: BaselineOptions;
  /** Place among the baselines' trials, from 0. */
  readonly index: number;
  /** Place of its setting. */
  readonly setting: number;
  readonly cell: Cell;
  readonly seed: number;
  /** Sets of options that it may try. */
  readonly tried: number;
  /** Validation metric that it chooses by. */
  readonly selectBy: string;
  readonly folder: string;
}

/** What a study consists of. */
export interface StudyPlan {
  readonly trials: readonly PlannedTrial[];
  readonly models: readonly PlannedModel[];
  /** Label of the method without plugins. */
  readonly baseline: string | null;
}
