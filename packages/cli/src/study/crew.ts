import type { FeatureSchema, PackageRequest } from '@mdctr/core';
import type {
  BudgetAnswer,
  BudgetTask,
  ModelEstimate,
  PlannedModel,
  PlannedTrial,
  StudyFolder,
  TrialRunner,
  TrialSuccess,
} from '@mdctr/study';
import type { TrainingOptions } from '@mdctr/training';
import { watchLimits, type Limits } from './limits.js';
import type { DataFiles, News } from './messages.js';
import { beforeTrials, failureOf, firstStepsFailure, hasDiverged, type FailureReason } from './trial-failure.js';
import { WorkerEnded, WorkerProcess, WorkerStopped } from './worker-process.js';

export interface CrewOptions {
  readonly precision: TrainingOptions['precision'];
  readonly packages: readonly PackageRequest[];
  /** No word on TensorFlow's set-up. */
  readonly quiet: boolean;
  /** Threads that each process computes with. */
  readonly threads: number;
}

/** What a trial needs to know of its study. */
export interface RunOptions {
  readonly folder: StudyFolder;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
  /** Folder of a trial's event files. */
  readonly tensorboard: (trial: PlannedTrial) => string | undefined;
  readonly onBegin: (trial: PlannedTrial) => void;
  readonly onNews: (trial: PlannedTrial, news: News) => void;
}

/** The processes of a study: each runs trials one after the other, and is replaced when one of them brings it down. */
export class Crew {
  private readonly workers = new Set<WorkerProcess>();
  private dataFiles: DataFiles = { whole: [], tuning: [] };
  /** The first process, until a runner takes it. */
  private idle: WorkerProcess | undefined;
  private stopping = false;

  /** Gets what the processes write. */
  onOutput: (text: string) => void = () => undefined;

  constructor(readonly options: CrewOptions) {}

  /** Starts the first process; gives what it runs on. */
  async start(): Promise<Record<string, string | number>> {
    const { precision, packages, quiet } = this.options;
    this.idle = this.add();
    return beforeTrials(this.idle.request('start', { precision, packages, quiet }));
  }

  /** @throws MdctrError what building one of the models throws. */
  async rehearse(models: readonly PlannedModel[], schemas: readonly FeatureSchema[]): Promise<void> {
    await beforeTrials(this.idle!.request('rehearse', { models, schemas }));
  }

  /** Where the data of each setting lie for all processes. */
  async setData(files: DataFiles): Promise<void> {
    this.dataFiles = files;
    await beforeTrials(this.idle!.request('data', { files }));
  }

  /** Scales networks to what others cost. */
  async budgets(tasks: readonly BudgetTask[]): Promise<BudgetAnswer[]> {
    const answers = [];
    for (const task of tasks) answers.push(await beforeTrials(this.idle!.request('budget', { task })));
    return answers;
  }

  /**
   * What trials of some models will take, by their place; one that diverges at once is absent.
   * @throws MdctrError what a model throws in its first steps: none of its trials would come further.
   */
  async estimate(models: ReadonlyMap<number, PlannedModel>): Promise<Map<number, ModelEstimate>> {
    const estimates = new Map<number, ModelEstimate>();
    for (const [place, model] of models) {
      try {
        estimates.set(place, await this.idle!.request('estimate', { model }));
      } catch (error) {
        // A process that broke is replaced by the first trial, which will say what is wrong.
        if (error instanceof WorkerEnded) return estimates;
        if (!hasDiverged(error)) throw firstStepsFailure(error, model);
      }
    }
    return estimates;
  }

  runner(options: RunOptions): TrialRunner {
    let worker: WorkerProcess | undefined;
    return {
      run: async (trial) => {
        const began = performance.now();
        options.onBegin(trial);
        for (;;) {
          const result = await this.attempt(trial, options, async () => (worker = await this.replace(worker, options)));
          if ('lines' in result) return result;
          // What earlier trials left behind counts against none that comes after: once more, in a new process.
          if (worker?.used && result.code === 'MDCTR_TRIAL_MEMORY') continue;
          const { stack, ...why } = result;
          const failure = { ...trial.cell, ...why, seconds: (performance.now() - began) / 1000 };
          await options.folder.recordFailure(trial, failure, stack);
          return { failure };
        }
      },
    };
  }

  /** Asks the trials that run to write their checkpoints; `runTrials` then ends with WorkerStopped. */
  stop(): void {
    this.stopping = true;
    for (const worker of this.workers) worker.stop();
  }

  /** Ends all processes. */
  async end(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.end()));
  }

  private async attempt(
    trial: PlannedTrial,
    { folder, facts, limits, tensorboard, onNews }: RunOptions,
    ready: () => Promise<WorkerProcess>,
  ): Promise<TrialSuccess | FailureReason> {
    const worker = await ready();
    if (this.stopping) throw new WorkerStopped();
    const watch = watchLimits(worker, limits);
    try {
      const ask = { trial, folder: folder.folderOf(trial), facts, tensorboard: tensorboard(trial) };
      return await worker.request('run', ask, (news) => onNews(trial, news));
    } catch (error) {
      if (error instanceof WorkerStopped) throw error;
      const reason = watch.stop() ?? failureOf(error);
      if (!reason) throw error;
      return reason;
    } finally {
      watch.stop();
    }
  }

  /** A process that is ready for a trial: the one before where it lives. */
  private async replace(worker: WorkerProcess | undefined, { folder }: RunOptions): Promise<WorkerProcess> {
    if (worker?.alive) return worker;
    const { idle } = this;
    this.idle = undefined;
    const next = idle?.alive ? idle : this.add();
    await folder.mark.setWorkers([...this.workers].map(({ pid }) => pid));
    if (next === idle) return next;
    const { precision, packages } = this.options;
    await beforeTrials(next.request('start', { precision, packages, quiet: true }));
    await beforeTrials(next.request('data', { files: this.dataFiles }));
    return next;
  }

  private add(): WorkerProcess {
    const { threads } = this.options;
    const worker = new WorkerProcess({ threads, onOutput: (text) => this.onOutput(text) });
    this.workers.add(worker);
    void worker.gone.then(() => this.workers.delete(worker));
    return worker;
  }
}
