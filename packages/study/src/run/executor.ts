import type { PackageRequest } from '@mdctr/config';
import type { FeatureSchema } from '@mdctr/core';
import type { EpochResult } from '@mdctr/training';
import type { BudgetAnswer, BudgetTask } from '../budget/plan-budgets.js';
import type { BaselineTrial, SettingModel, StudyTrial } from '../plan/types.js';
import type { ModelEstimate } from '../trial/estimate.js';
import type { BaselineOutcome, TrialOutcome } from '../trial/outcome.js';
import type { Environment } from './environment.js';
import type { StudyData } from './study-data.js';

/** Where the training of a trial is. */
export interface StepProgress {
  readonly kind: 'step';
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly learningRate: number;
}

/** What a trial says while it trains. */
export type TrialProgress =
  | StepProgress
  | { readonly kind: 'epoch'; readonly result: EpochResult }
  | { readonly kind: 'warning'; readonly message: string };

/** A trial to run. */
export interface TrialRequest {
  readonly trial: StudyTrial;
  /**
   * Folder for its checkpoint, its result and its scores. Without one nothing is written: the trial begins anew, and its scores are
   * handed back.
   */
  readonly folder: string | undefined;
  /** Facts about data and machine that a checkpoint must agree on. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly onProgress: (progress: TrialProgress) => void;
}

/** A trial that has ended. */
export interface TrialRun {
  readonly outcome: TrialOutcome;
  /** Of a failure: what is of use to whoever looks for its cause. */
  readonly stack?: string | undefined;
  /** [N] scores of the reported split by ascending row, where no folder has them; by variant, undefined for the model's own. */
  readonly scores?: ReadonlyMap<string | undefined, Float32Array>;
}

/** A baseline to fit; its folder as that of a trial. */
export type BaselineRequest = { readonly trial: BaselineTrial } & Pick<TrialRequest, 'folder'>;

/** A fit that has ended. */
export interface BaselineRun extends Omit<TrialRun, 'outcome'> {
  readonly outcome: BaselineOutcome;
}

/** Where an executor's processes may put files that they share while a study runs. */
export interface Workplace {
  /** Path of a file by its name. */
  pathOf(name: string): string;
  /** Says which processes work on trials now. */
  setWorkers(pids: readonly number[]): Promise<void>;
}

/**
 * Runs the models and trials of a study: in this process, in a pool of processes, or elsewhere. The driver calls `start` first,
 * then `rehearse`, `takeData` before anything that needs data, and `end` last.
 */
export interface Executor {
  /** Trials that can run side by side. */
  readonly parallel: number;
  /** Threads that each trial computes with; undefined for as many as TensorFlow takes. */
  readonly threads: number | undefined;
  /** Gets ready; gives what trials run on. */
  start(packages: readonly PackageRequest[]): Promise<Environment>;
  /**
   * Builds every model once, small, so that options which do not fit the data or each other end the study before its first trial.
   * @throws MdctrError what building one of the models throws.
   */
  rehearse(models: readonly SettingModel[], schemas: readonly FeatureSchema[]): Promise<void>;
  /** Takes over the data of all settings. Without a workplace they stay in memory. */
  takeData(data: StudyData, workplace: Workplace | undefined): Promise<void>;
  /** Scales networks to what others cost. */
  answerBudgets(tasks: readonly BudgetTask[]): Promise<BudgetAnswer[]>;
  /**
   * What trials of some models will take, by their place; one that diverges at once is absent.
   * @throws MdctrError what a model throws in its first steps: none of its trials would come further.
   */
  estimate(models: ReadonlyMap<number, SettingModel>): Promise<Map<number, ModelEstimate>>;
  /**
   * Runs a trial; `parallel` of them may run at a time. A failure that is the trial's own is an outcome.
   * @throws StudyStopped after `stop`; an error that is not the trial's own, which ends the study.
   */
  run(request: TrialRequest): Promise<TrialRun>;
  /** Fits a baseline; all else as `run`. */
  runBaseline(request: BaselineRequest): Promise<BaselineRun>;
  /** Asks the trials that run to write their checkpoints and end. */
  stop(): void;
  /** Gives everything back that `start` took. */
  end(): Promise<void>;
}

/** A study ended because it was asked to; the checkpoints of the trials that ran are written. */
export class StudyStopped extends Error {
  override readonly name = 'StudyStopped';
}
