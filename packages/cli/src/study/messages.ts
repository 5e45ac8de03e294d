import type { FeatureSchema, PackageRequest } from '@mdctr/core';
import type {
  BudgetAnswer,
  BudgetTask,
  ModelEstimate,
  PlannedModel,
  PlannedTrial,
  TrialSuccess,
  TuningTrial,
} from '@mdctr/study';
import type { EpochResult, TrainingOptions } from '@mdctr/training';
import type { PackedError } from './packed-error.js';

/** Files of encoded data, by place of the setting. */
export interface DataFiles {
  readonly whole: readonly string[];
  /** Without the test rows; undefined where a setting has no search. */
  readonly tuning: readonly (string | undefined)[];
}

/** What a study asks a process of its trials; one thing at a time but for `stop`, which ends what is going on. */
export interface Requests {
  /** Sets TensorFlow up and loads the packages; answers with the environment. */
  start: {
    readonly ask: {
      readonly precision: TrainingOptions['precision'];
      readonly packages: readonly PackageRequest[];
      readonly quiet: boolean;
    };
    readonly answer: Record<string, string | number>;
  };
  /** Builds models once, small. */
  rehearse: {
    readonly ask: { readonly models: readonly PlannedModel[]; readonly schemas: readonly FeatureSchema[] };
    readonly answer: null;
  };
  /** Where the encoded data of each setting lie; they are read when a trial needs them. */
  data: { readonly ask: { readonly files: DataFiles }; readonly answer: null };
  /** Scales the backbone of a model to what another one costs. */
  budget: { readonly ask: { readonly task: BudgetTask }; readonly answer: BudgetAnswer };
  estimate: { readonly ask: { readonly model: PlannedModel }; readonly answer: ModelEstimate };
  run: {
    readonly ask: {
      readonly trial: PlannedTrial | TuningTrial;
      readonly folder: string;
      readonly facts: Readonly<Record<string, unknown>>;
      /** Folder of its event files. */
      readonly tensorboard?: string | undefined;
    };
    readonly answer: TrialSuccess;
  };
}

export type ToWorker =
  { [K in keyof Requests]: { readonly kind: K } & Requests[K]['ask'] }[keyof Requests] | { readonly kind: 'stop' };

/** Where a training is. */
export interface StepNews {
  readonly kind: 'step';
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly learningRate: number;
}

/** What a process says while it trains. */
export type News =
  | StepNews
  | { readonly kind: 'epoch'; readonly result: EpochResult }
  | { readonly kind: 'warning'; readonly message: string };

export type FromWorker =
  | News
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: PackedError }
  | { readonly kind: 'stopped' };
