import { availableParallelism } from 'node:os';
import type { PackageRequest } from '@mdctr/config';
import type { FeatureSchema, Registry } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import { answerBudget } from '../budget/answer-budget.js';
import type { BudgetAnswer, BudgetTask } from '../budget/plan-budgets.js';
import type { Cell, SettingModel } from '../plan/types.js';
import { estimateModel, estimateModels, type ModelEstimate } from '../trial/estimate.js';
import { fitBaselineTrial } from '../trial/fit-baseline-trial.js';
import { measureTrial, type MeasuredTrial } from '../trial/measure-trial.js';
import { rehearse } from '../trial/rehearse.js';
import { runPlannedTrial } from '../trial/run-planned-trial.js';
import type { TrialCallbacks } from '../trial/run-trial.js';
import { failureOf } from '../trial/trial-failure.js';
import { withoutTestRows } from '../tuning/without-test-rows.js';
import { startRuntime, type Environment } from './environment.js';
import {
  StudyStopped,
  type BaselineRequest,
  type BaselineRun,
  type Executor,
  type TrialRequest,
  type TrialRun,
} from './executor.js';
import { failedRun } from './failed-run.js';
import type { StudyData } from './study-data.js';

export interface InProcessOptions {
  readonly registry: Registry;
  readonly precision: 'float32' | 'bfloat16';
  /** No word on TensorFlow's set-up. */
  readonly quiet: boolean;
  /** Describes the trained models. */
  readonly inspect?: TrialCallbacks['inspect'];
}

/** Runs trials in this process, one after the other. */
export class InProcessExecutor implements Executor {
  readonly parallel = 1;
  readonly threads = undefined;
  private data: StudyData | undefined;
  /** The data of a setting as its search sees them, of one setting at a time. */
  private unseen: { readonly setting: number; readonly data: EncodedData } | undefined;
  private stopping = new AbortController();

  constructor(private readonly options: InProcessOptions) {}

  /** The packages are in the registry already. */
  start(_packages: readonly PackageRequest[]): Promise<Environment> {
    return startRuntime(this.options.precision, this.options.quiet);
  }

  async rehearse(models: readonly SettingModel[], schemas: readonly FeatureSchema[]): Promise<void> {
    rehearse(models, this.options.registry, schemas);
  }

  async takeData(data: StudyData): Promise<void> {
    this.data = data;
  }

  async answerBudgets(tasks: readonly BudgetTask[]): Promise<BudgetAnswer[]> {
    const answers = [];
    for (const task of tasks) {
      answers.push(await answerBudget(task, this.options.registry, this.dataOf(task.candidate.setting)));
    }
    return answers;
  }

  estimate(models: ReadonlyMap<number, SettingModel>): Promise<Map<number, ModelEstimate>> {
    const { registry } = this.options;
    return estimateModels(models, (model) => estimateModel(model, { registry, data: this.dataOf(model.setting) }));
  }

  run(request: TrialRequest): Promise<TrialRun> {
    return this.attempt(request.trial, () => this.measure(request));
  }

  runBaseline({ trial, folder }: BaselineRequest): Promise<BaselineRun> {
    const context = { data: this.dataOf(trial.setting), threads: availableParallelism(), signal: this.stopping.signal };
    return this.attempt(trial, () => fitBaselineTrial(trial, context, folder));
  }

  private async attempt<Run>(
    trial: { readonly cell: Cell },
    run: () => Promise<Run>,
  ): Promise<Run | ReturnType<typeof failedRun>> {
    const began = performance.now();
    if (this.stopping.signal.aborted) throw new StudyStopped();
    try {
      return await run();
    } catch (error) {
      if (error instanceof StudyStopped) throw error;
      const reason = failureOf(error);
      if (!reason) throw error;
      return failedRun(trial, reason, began);
    }
  }

  stop(): void {
    this.stopping.abort(new StudyStopped());
  }

  async end(): Promise<void> {
    this.data = this.unseen = undefined;
  }

  private measure({ trial, folder, facts, onProgress }: TrialRequest): Promise<MeasuredTrial> {
    const { registry, inspect } = this.options;
    const tuning = 'tuning' in trial;
    const data = tuning ? this.unseenOf(trial.setting) : this.dataOf(trial.setting);
    const callbacks: Omit<TrialCallbacks, 'onScores'> = {
      signal: this.stopping.signal,
      ...(inspect && !tuning && { inspect }), // of a search's trials nobody asks
      onStep: (step, steps, loss, learningRate) => onProgress({ kind: 'step', step, steps, loss, learningRate }),
      onEpoch: (result) => onProgress({ kind: 'epoch', result }),
    };
    if (folder === undefined) return measureTrial(trial, { registry, data }, callbacks);
    return runPlannedTrial({ registry, data }, trial, { folder, facts }, callbacks);
  }

  private dataOf(setting: number): EncodedData {
    const data = this.data?.bySetting[setting];
    if (!data) throw new RangeError('The executor was given no data.');
    return data;
  }

  private unseenOf(setting: number): EncodedData {
    if (this.unseen?.setting !== setting) this.unseen = { setting, data: withoutTestRows(this.dataOf(setting)) };
    return this.unseen.data;
  }
}
