import { analyseScores, wantsScores, type Analyses, type StudyResults } from '@mdctr/report';
import type { PlannedTrial, StudyPlan, StudyTrial, TuningTrial } from '../plan/types.js';
import { againstBaselines } from '../results/against-baselines.js';
import { scoredComparisons } from '../results/scored-comparisons.js';
import { scoredLines } from '../results/scored-lines.js';
import type { Beside } from '../results/study-report.js';
import type { BaselineOutcome, TrialOutcome } from '../trial/outcome.js';
import type { Executor } from './executor.js';
import type { StudyObserver } from './observer.js';
import { planRun, type RunPlan } from './plan-run.js';
import type { PreparedStudy } from './prepare-study.js';
import { runSideBySide } from './side-by-side.js';
import type { StudyStore } from './store.js';

/**
 * Runs what is left of a study: budgets, baselines, searches, then every trial. Every cell sees the same rows in the same order for a seed,
 * so that gains can be paired. A trial that fails is recorded and the study goes on.
 * @param store has what earlier runs found, and keeps what this one finds: a trial is in it before the observer hears that it ended.
 * @throws MdctrError what a model throws in its first steps, before any trial; StudyStopped; an error that is no trial's own.
 */
export async function runStudy(
  study: PreparedStudy,
  executor: Executor,
  store: StudyStore,
  observer: StudyObserver = {},
): Promise<StudyResults> {
  const outcomes = await store.outcomes(study.plan.trials);
  const fitted = await store.baselineOutcomes(study.baselines ?? []);
  const before = { trials: outcomes, baselines: fitted };
  const run = await planRun(study, executor, store, before, observer).catch(async (error: unknown) => {
    await store.abandon();
    throw error;
  });
  const driver = new Driver(study, executor, store, observer, run, before);
  if (outcomes.size + fitted.size > 0) await store.save(driver.results());
  await driver.fitBaselines();
  await driver.tune();
  const plan = driver.tunedPlan();
  await driver.runAll(plan, outcomes, (trial, outcome) => void outcomes.set(trial.index, outcome));
  await driver.analyseScores(plan);
  return driver.results();
}

/** The trials of one run of a study, and what they have found so far. */
class Driver {
  private scoreAnalyses: Analyses = {};
  private baselineGains: NonNullable<Beside['baselineGains']> = {};
  /** Of the study's own trials, by their index. */
  private readonly outcomes: Map<number, TrialOutcome>;
  /** Of its baselines, by their index. */
  private readonly fitted: Map<number, BaselineOutcome>;
  /** Writes follow one another: trials that end at once would write the same files. */
  private saved: Promise<void> = Promise.resolve();

  constructor(
    private readonly study: PreparedStudy,
    private readonly executor: Executor,
    private readonly store: StudyStore,
    private readonly observer: StudyObserver,
    private readonly run: RunPlan,
    { trials, baselines }: { trials: Map<number, TrialOutcome>; baselines: Map<number, BaselineOutcome> },
  ) {
    [this.outcomes, this.fitted] = [trials, baselines];
  }

  readonly results = (): StudyResults => {
    const { budgets, tuning } = this.run;
    const { scoreAnalyses, baselineGains } = this;
    const baselines = (this.study.baselines ?? []).flatMap(({ index }) => this.fitted.get(index) ?? []);
    const beside = { budgets, tuning: tuning.results(), scoreAnalyses, baselines, baselineGains };
    return this.study.report.results(this.outcomes, this.store.createdAt, beside);
  };

  /** Fits the baselines that were not fitted before: they take seconds, and say at once what networks have to beat. */
  async fitBaselines(): Promise<void> {
    const { baselines, parallel } = this.run;
    if (baselines.length === 0) return;
    const { executor, store, observer } = this;
    observer.baselinesBegin?.(baselines);
    try {
      await runSideBySide(baselines, parallel, async (trial) => {
        observer.baselineBegins?.(trial);
        const ended = await executor.runBaseline({ trial, folder: store.folderOf(trial) });
        await store.record(trial, ended);
        this.fitted.set(trial.index, ended.outcome);
        await this.save();
        observer.baselineEnds?.(trial, ended.outcome);
      });
    } finally {
      observer.baselinesEnd?.();
    }
  }

  /** Runs the trials of all searches, step by step. */
  async tune(): Promise<void> {
    const { tuning, plan } = this.run;
    for (let due = tuning.next(); due.length > 0; due = tuning.next()) {
      await this.runAll({ ...plan, trials: due }, new Map(), (trial, outcome) =>
        tuning.record(trial as TuningTrial, outcome),
      );
    }
  }

  /** The plan with what the searches found; trials of models that none was found for count as failed. */
  tunedPlan(): StudyPlan {
    const { plan, failed } = this.run.tuning.tuned();
    for (const trial of plan.trials) {
      const { index, model } = trial;
      if (failed.includes(model) && !this.outcomes.has(index)) this.outcomes.set(index, untuned(trial));
    }
    return plan;
  }

  /** Runs the trials of a plan that have not ended before; each is in the results before it is reported as ended. */
  async runAll(
    plan: StudyPlan,
    before: ReadonlyMap<number, TrialOutcome>,
    ended: (trial: StudyTrial, outcome: TrialOutcome) => void,
  ): Promise<void> {
    const { observer, run } = this;
    const toRun = plan.trials.filter(({ index }) => !before.has(index));
    observer.roundBegins?.({ plan, before: new Map(before), secondsOf: (model) => run.models[model]?.seconds ?? 1 });
    try {
      await runSideBySide(toRun, run.parallel, async (trial) => {
        const outcome = await this.runTrial(trial);
        ended(trial, outcome);
        await this.save();
        await observer.trialEnds?.(trial, outcome, this.results);
      });
    } finally {
      observer.roundEnds?.();
    }
  }

  /** Analyses the scores of all trials. */
  async analyseScores(plan: StudyPlan): Promise<void> {
    const { study, store, observer, outcomes } = this;
    const options = study.config.analyses;
    const { baselines = [], report } = study;
    const wanted = wantsScores(options);
    if ((!wanted && baselines.length === 0) || outcomes.size === 0) return;
    observer.phase?.('analysing the scores of all trials');
    const lines = scoredLines(plan, outcomes, (trial, variant) => store.scoresOf(trial, variant));
    if (wanted) this.scoreAnalyses = analyseScores(scoredComparisons(lines, plan.baseline, report.labels), options);
    this.baselineGains = againstBaselines(lines, baselines, this.fitted, report.labels);
    await store.save(this.results());
  }

  private save(): Promise<void> {
    this.saved = this.saved.then(() => this.store.save(this.results()));
    return this.saved;
  }

  private async runTrial(trial: StudyTrial): Promise<TrialOutcome> {
    const { executor, store, observer, study } = this;
    observer.trialBegins?.(trial);
    const ended = await executor.run({
      trial,
      folder: store.folderOf(trial),
      facts: study.facts,
      onProgress: (progress) => observer.trialProgress?.(trial, progress),
    });
    await store.record(trial, ended);
    return ended.outcome;
  }
}

/** A trial of a model that no tuning trial succeeded with. */
function untuned({ cell }: PlannedTrial): TrialOutcome {
  const reason = 'Every tuning trial of this method failed; "tuning" in results.json has the reasons.';
  return { failure: { ...cell, code: 'MDCTR_TUNING_FAILED', reason, seconds: 0 } };
}
