import type { PackageRequest } from '@mdctr/config';
import type { FeatureSchema } from '@mdctr/core';
import type { TrainingOptions } from '@mdctr/training';
import type { BudgetAnswer, BudgetTask } from '../budget/plan-budgets.js';
import type { Cell, SettingModel, StudyTrial } from '../plan/types.js';
import type { Environment } from '../run/environment.js';
import {
  StudyStopped,
  type BaselineRequest,
  type BaselineRun,
  type Executor,
  type TrialRequest,
  type TrialRun,
  type Workplace,
} from '../run/executor.js';
import { shareStudyData, type DataFiles, type StudyData } from '../run/study-data.js';
import { failedRun } from '../run/failed-run.js';
import { estimateModels, type ModelEstimate } from '../trial/estimate.js';
import { failureOf, type FailureReason } from '../trial/trial-failure.js';
import { beforeTrials, crashOf } from './crash.js';
import { watchLimits, type Limits } from './limits.js';
import { WorkerEnded, WorkerProcess } from './worker-process.js';

export interface WorkerPoolOptions {
  readonly precision: TrainingOptions['precision'];
  /** No word on TensorFlow's set-up. */
  readonly quiet: boolean;
  /** Processes side by side. */
  readonly parallel: number;
  /** Threads that each process computes with. */
  readonly threads: number;
  readonly limits: Limits;
  /** Folder of a trial's event files. */
  readonly tensorboard?: (trial: StudyTrial) => string | undefined;
  /** Gets what the processes write. */
  readonly onOutput: (text: string) => void;
}

/** Runs trials in processes: each runs them one after the other, and is replaced when one of them brings it down. */
export class WorkerPool implements Executor {
  private readonly workers = new Set<WorkerProcess>();
  /** Those that wait for a trial. */
  private readonly idle: WorkerProcess[] = [];
  private packages: readonly PackageRequest[] = [];
  private dataFiles: DataFiles = { whole: [], tuning: [] };
  private workplace: Workplace | undefined;
  private stopping = false;

  constructor(private readonly options: WorkerPoolOptions) {}

  get parallel(): number {
    return this.options.parallel;
  }

  get threads(): number {
    return this.options.threads;
  }

  /** Starts the first process. */
  async start(packages: readonly PackageRequest[]): Promise<Environment> {
    this.packages = packages;
    const { precision, quiet, threads, parallel } = this.options;
    const first = this.add();
    this.idle.push(first);
    const environment = await beforeTrials(first.request('start', { precision, packages, quiet }));
    return { ...environment, trialThreads: threads, parallel };
  }

  async rehearse(models: readonly SettingModel[], schemas: readonly FeatureSchema[]): Promise<void> {
    await beforeTrials(this.first.request('rehearse', { models, schemas }));
  }

  /** Puts the data into files of the workplace; this process holds no copy from then on. */
  async takeData(data: StudyData, workplace: Workplace | undefined): Promise<void> {
    if (!workplace) throw new RangeError('Processes share the data in files: the store needs a workplace.');
    this.workplace = workplace;
    this.dataFiles = await shareStudyData(data, (name) => workplace.pathOf(name));
    await beforeTrials(this.first.request('data', { files: this.dataFiles }));
  }

  async answerBudgets(tasks: readonly BudgetTask[]): Promise<BudgetAnswer[]> {
    const answers = [];
    for (const task of tasks) answers.push(await beforeTrials(this.first.request('budget', { task })));
    return answers;
  }

  /** A process that breaks ends the estimates: it is replaced by the first trial, which will say what is wrong. */
  estimate(models: ReadonlyMap<number, SettingModel>): Promise<Map<number, ModelEstimate>> {
    return estimateModels(models, async (model) => {
      try {
        return await this.first.request('estimate', { model });
      } catch (error) {
        if (error instanceof WorkerEnded) return undefined;
        throw error;
      }
    });
  }

  run({ trial, folder, facts, onProgress }: TrialRequest): Promise<TrialRun> {
    const tensorboard = this.options.tensorboard?.(trial);
    return this.runInFolder(trial, folder, (worker, place) =>
      worker.request('run', { trial, folder: place, facts, tensorboard }, onProgress),
    );
  }

  runBaseline({ trial, folder }: BaselineRequest): Promise<BaselineRun> {
    const { threads } = this.options;
    return this.runInFolder(trial, folder, (worker, place) =>
      worker.request('baseline', { trial, folder: place, threads }),
    );
  }

  private async runInFolder<Outcome extends object>(
    trial: { readonly cell: Cell },
    folder: string | undefined,
    ask: (worker: WorkerProcess, folder: string) => Promise<Outcome>,
  ): Promise<{ readonly outcome: Outcome } | ReturnType<typeof failedRun>> {
    if (folder === undefined) throw new RangeError('Processes leave what they find in a folder: the store needs one.');
    const began = performance.now();
    for (;;) {
      const worker = await this.take();
      const result = await this.attempt(worker, () => ask(worker, folder)).finally(() => this.idle.push(worker));
      if ('outcome' in result) return result;
      // What earlier trials left behind counts against none that comes after: once more, in a new process.
      if (worker.used && result.code === 'MDCTR_TRIAL_MEMORY') continue;
      return failedRun(trial, result, began);
    }
  }

  stop(): void {
    this.stopping = true;
    for (const worker of this.workers) worker.stop();
  }

  async end(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.end()));
  }

  /** The process that is asked before there are trials. */
  private get first(): WorkerProcess {
    const [first] = this.idle;
    if (!first) throw new RangeError('The pool was not started.');
    return first;
  }

  private async attempt<Outcome extends object>(
    worker: WorkerProcess,
    ask: () => Promise<Outcome>,
  ): Promise<{ readonly outcome: Outcome } | FailureReason> {
    if (this.stopping) throw new StudyStopped();
    const watch = watchLimits(worker, this.options.limits);
    try {
      return { outcome: await ask() };
    } catch (error) {
      if (error instanceof StudyStopped) throw error;
      const reason = watch.stop() ?? (error instanceof WorkerEnded ? crashOf(error) : failureOf(error));
      if (!reason) throw error;
      return reason;
    } finally {
      watch.stop();
    }
  }

  /** A process that is ready for a trial: one that waits, where it lives, or a new one. */
  private async take(): Promise<WorkerProcess> {
    let waiting = this.idle.pop();
    while (waiting && !waiting.alive) waiting = this.idle.pop();
    const worker = waiting ?? this.add();
    await this.workplace?.setWorkers([...this.workers].map(({ pid }) => pid));
    if (waiting) return worker;
    const { precision } = this.options;
    await beforeTrials(worker.request('start', { precision, packages: this.packages, quiet: true }));
    await beforeTrials(worker.request('data', { files: this.dataFiles }));
    return worker;
  }

  private add(): WorkerProcess {
    const { threads, onOutput } = this.options;
    const worker = new WorkerProcess({ threads, onOutput });
    this.workers.add(worker);
    void worker.gone.then(() => this.workers.delete(worker));
    return worker;
  }
}
