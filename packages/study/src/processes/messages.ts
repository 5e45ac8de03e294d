import type { PackageRequest } from '@mdctr/config';
import type { FeatureSchema } from '@mdctr/core';
import type { TrainingOptions } from '@mdctr/training';
import type { BudgetAnswer, BudgetTask } from '../budget/plan-budgets.js';
import type { BaselineTrial, SettingModel, StudyTrial } from '../plan/types.js';
import type { Environment } from '../run/environment.js';
import type { TrialProgress } from '../run/executor.js';
import type { DataFiles } from '../run/study-data.js';
import type { ModelEstimate } from '../trial/estimate.js';
import type { FittedBaseline } from '../trial/fit-baseline-trial.js';
import type { TrialSuccess } from '../trial/outcome.js';
import type { PackedError } from './packed-error.js';

/** What a study asks a worker process; one thing at a time but for `stop`, which ends what is going on. */
export interface Requests {
  /** Sets TensorFlow up and loads the packages; answers with the environment. */
  start: {
    readonly ask: {
      readonly precision: TrainingOptions['precision'];
      readonly packages: readonly PackageRequest[];
      readonly quiet: boolean;
    };
    readonly answer: Environment;
  };
  /** Builds models once, small. */
  rehearse: {
    readonly ask: { readonly models: readonly SettingModel[]; readonly schemas: readonly FeatureSchema[] };
    readonly answer: null;
  };
  /** Where the encoded data of each setting lie; they are read when a trial needs them. */
  data: { readonly ask: { readonly files: DataFiles }; readonly answer: null };
  /** Scales the backbone of a model to what another one costs. */
  budget: { readonly ask: { readonly task: BudgetTask }; readonly answer: BudgetAnswer };
  estimate: { readonly ask: { readonly model: SettingModel }; readonly answer: ModelEstimate };
  /** Fits a baseline. */
  baseline: {
    readonly ask: { readonly trial: BaselineTrial; readonly folder: string; readonly threads: number };
    readonly answer: FittedBaseline['outcome'];
  };
  run: {
    readonly ask: {
      readonly trial: StudyTrial;
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

export type FromWorker =
  | TrialProgress
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: PackedError }
  | { readonly kind: 'stopped' };
