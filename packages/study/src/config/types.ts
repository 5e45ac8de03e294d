import type { BaselineOptions } from '@mdctr/baselines';
import type { EmbeddingSpec, ModelSpec, UnitConfig } from '@mdctr/core';
import type { DataOptions } from '@mdctr/data';
import type { AnalysisOptions } from '@mdctr/report';
import type { SearchOptions, Space } from '@mdctr/search';
import type { TrainingOptions } from '@mdctr/training';
import type { BudgetOptions } from '../budget/options.js';

/** One training run on some data: a model, how it is trained, and the seed of its random numbers. */
export interface TrialSpec extends ModelSpec {
  readonly training: TrainingOptions;
  readonly seed: number;
}

/** What trials and studies have in common. */
export interface ConfigBase {
  readonly name: string;
  readonly description?: string;
  /** Which of the config's data sets it is laid over; absent where it names none. */
  readonly dataset?: string;
  readonly packages: readonly string[];
  readonly data: DataOptions;
  readonly embedding: EmbeddingSpec;
  readonly training: TrainingOptions;
}

/** The config of one training run, defaults filled in. */
export interface TrialConfig extends ConfigBase, TrialSpec {
  readonly embedding: EmbeddingSpec;
  readonly training: TrainingOptions;
}

/** A part of a study that differs in more than backbone and method; the whole grid is run under each. */
export interface StudySetting extends Pick<ConfigBase, 'data' | 'embedding' | 'training'> {
  /** How methods are tuned before they are compared; absent: not at all. */
  readonly search?: SearchOptions;
  /** What all methods are given the same of; absent: networks are as the config says. */
  readonly budget?: BudgetOptions;
  /** Absent where a study has no settings: then it is one by itself. */
  readonly label?: string;
  /** Of rolling splits: which fold this is, from 1. The folds of one setting have its label. */
  readonly fold?: { readonly number: number; readonly of: number };
}

/** A network that methods are compared on. */
export interface StudyBackbone extends UnitConfig {
  /** In the table; by default its name. */
  readonly label?: string;
}

/** A method that is compared. */
export interface StudyMethod {
  readonly label: string;
  readonly plugins: readonly UnitConfig[];
  /** Dimensions of its own that it is tuned over. */
  readonly search?: Space;
}

/** A grid of trials, defaults filled in. */
export interface StudyConfig extends ConfigBase {
  readonly backbones: readonly StudyBackbone[];
  readonly methods: readonly StudyMethod[];
  /** What networks are compared with beside one another. */
  readonly baselines?: readonly BaselineOptions[];
  readonly search?: SearchOptions;
  readonly budget?: BudgetOptions;
  readonly analyses?: Partial<AnalysisOptions>;
  readonly seeds: readonly number[];
  /** The study's sections with those of each setting laid over them, once for each fold of its data; at least one. */
  readonly settings: readonly StudySetting[];
}
