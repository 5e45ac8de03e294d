import type { FeatureSchema, PackageRequest } from '@mdctr/core';
import type { ModelEstimate, PlannedTrial, StudyConfig, TrialSuccess } from '@mdctr/study';
import type { EpochResult } from '@mdctr/training';
import type { PackedError } from './packed-error.js';

/** What a study asks a process of its trials; one thing at a time but for `stop`, which ends what is going on. */
export interface Requests {
  /** Sets TensorFlow up and loads the packages; answers with the environment. */
  start: {
    readonly ask: {
      readonly config: StudyConfig;
      readonly packages: readonly PackageRequest[];
      readonly quiet: boolean;
    };
    readonly answer: Record<string, string | number>;
  };
  /** Builds every model once, small. */
  rehearse: { readonly ask: { readonly schema: FeatureSchema }; readonly answer: null };
  /** Reads the encoded data. */
  data: { readonly ask: { readonly file: string }; readonly answer: null };
  estimate: { readonly ask: { readonly models: readonly number[] }; readonly answer: readonly ModelEstimate[] };
  run: {
    readonly ask: {
      readonly trial: PlannedTrial;
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
