import { hasFailed, runOf, type Round, type StudyPlan, type StudyTrial, type TrialOutcome } from '@mdctr/study';

/** A trial that runs, and where it is. */
export interface RunningTrial {
  /** `seed 1`, `seed 1, fold 2`, or `tuning trial 3`. */
  readonly run: string;
  /** From 0 to 1. */
  share: number;
  /** Epoch, step, loss, latest validation metric, in words. */
  status: string;
}

/** Where a study is: what its live table shows. */
export class StudyState {
  readonly running = new Map<number, RunningTrial>();
  readonly plan: StudyPlan;
  readonly outcomes: Map<number, TrialOutcome>;
  private readonly before: ReadonlySet<number>;
  private readonly secondsOf: Round['secondsOf'];

  constructor({ plan, before, secondsOf }: Round) {
    this.plan = plan;
    this.outcomes = new Map(before);
    this.before = new Set(before.keys());
    this.secondsOf = secondsOf;
  }

  get failed(): number {
    return [...this.outcomes.values()].filter(hasFailed).length;
  }

  get finished(): number {
    return this.outcomes.size - this.failed;
  }

  get waiting(): number {
    return this.plan.trials.length - this.outcomes.size - this.running.size;
  }

  /** Share of the work of this run that is done, from 0 to 1. */
  get share(): number {
    let [done, all] = [0, 0];
    for (const { index, model } of this.plan.trials) {
      if (this.before.has(index)) continue;
      const seconds = this.secondsOf(model);
      all += seconds;
      done += seconds * (this.outcomes.has(index) ? 1 : (this.running.get(index)?.share ?? 0));
    }
    return all === 0 ? 1 : done / all;
  }

  begin(trial: StudyTrial): void {
    this.running.set(trial.index, { run: runOf(trial), share: 0, status: '' });
  }

  end({ index }: StudyTrial, outcome: TrialOutcome): void {
    this.running.delete(index);
    this.outcomes.set(index, outcome);
  }

  /** `7 finished, 2 running, 15 waiting`, and `1 failed` where one has. */
  summary(): string {
    const { finished, running, waiting, failed } = this;
    const counts = [`${finished} finished`, `${running.size} running`, `${waiting} waiting`];
    return [...counts, ...(failed > 0 ? [`${failed} failed`] : [])].join(', ');
  }
}
