import { itemAt } from '@mdctr/base';
import type { BudgetResult } from '@mdctr/report';
import { planBudgets, withBudgets } from '../budget/plan-budgets.js';
import type { BaselineTrial, PlannedTrial, StudyPlan } from '../plan/types.js';
import type { ModelEstimate } from '../trial/estimate.js';
import { hasFailed, type BaselineOutcome, type TrialOutcome } from '../trial/outcome.js';
import { Tuning } from '../tuning/tuning.js';
import type { Executor, Workplace } from './executor.js';
import type { StudyObserver } from './observer.js';
import { knownModels, type PlanFacts } from './plan-facts.js';
import type { PreparedStudy } from './prepare-study.js';
import type { StudyStore } from './store.js';

/** What is known before trials run. */
export interface RunPlan {
  /** The study's plan, networks scaled to their budgets. */
  readonly plan: StudyPlan;
  readonly budgets: readonly BudgetResult[];
  readonly tuning: Tuning;
  /** Those that are left to fit. */
  readonly baselines: readonly BaselineTrial[];
  /** Trials side by side. */
  readonly parallel: number;
  /** By place in the plan. */
  readonly models: readonly (ModelEstimate | undefined)[];
}

/** How trials and fits of baselines ended in earlier runs, by their index. */
export interface Before {
  readonly trials: ReadonlyMap<number, TrialOutcome>;
  readonly baselines: ReadonlyMap<number, BaselineOutcome>;
}

/** What `planRun` reads of a store; a plan that is only shown has none that it could write to. */
export type PlanStore = Pick<StudyStore, 'outcomes' | 'hasCheckpoint'> & { readonly workplace: Workplace | undefined };

/**
 * Finds out what is left to run: hands the data over to the executor, scales networks to their budgets, reads how tuning trials ended
 * before, and has models that no trial was run of rehearsed for a few steps.
 */
export async function planRun(
  study: PreparedStudy,
  executor: Executor,
  store: PlanStore,
  { trials: outcomes, baselines: fitted }: Before,
  observer: StudyObserver,
): Promise<RunPlan> {
  const toRun = study.plan.trials.filter(({ index }) => !outcomes.has(index));
  const baselines = (study.baselines ?? []).filter(({ index }) => !fitted.has(index));
  const tasks = planBudgets(study.config, study.plan);
  if (toRun.length + tasks.length + baselines.length > 0)
    await executor.takeData(study.handOverData(), store.workplace);
  const { plan, budgets } = withBudgets(study.plan, tasks, await executor.answerBudgets(tasks));
  const tuning = new Tuning(study.config, plan);
  await recall(tuning, store);
  observer.phase?.('rehearsing the trials');
  const models = await estimates({ plan, tuning, toRun }, executor, outcomes);
  const parallel = Math.max(
    1,
    Math.min(executor.parallel, Math.max(baselines.length, toRun.length + tuning.left.trials)),
  );
  const run: RunPlan = { plan, budgets, tuning, baselines, parallel, models };
  const toResume = toRun.filter((trial) => store.hasCheckpoint(trial)).length;
  observer.planned?.(plan, factsOf(run, outcomes, { toRun, toResume, threads: executor.threads ?? null }));
  return run;
}

/** Reads how the tuning trials ended that a study has run before. */
async function recall(tuning: Tuning, store: PlanStore): Promise<void> {
  for (;;) {
    const due = tuning.next();
    const before = await store.outcomes(due);
    if (before.size === 0) return;
    for (const [index, outcome] of before) tuning.record(itemAt(due, index), outcome);
  }
}

async function estimates(
  { plan, tuning, toRun }: { plan: StudyPlan; tuning: Tuning; toRun: readonly PlannedTrial[] },
  executor: Executor,
  outcomes: ReadonlyMap<number, TrialOutcome>,
): Promise<(ModelEstimate | undefined)[]> {
  const known = knownModels(plan, outcomes, new Map());
  const { work } = tuning.left;
  const unknown = plan.models.flatMap((model, place) =>
    !known[place] && (toRun.some((trial) => trial.model === place) || work.has(place)) ? [[place, model] as const] : [],
  );
  return knownModels(plan, outcomes, await executor.estimate(new Map(unknown)));
}

function factsOf(
  { plan, tuning, baselines, parallel, models }: RunPlan,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  { toRun, toResume, threads }: { toRun: readonly PlannedTrial[]; toResume: number; threads: number | null },
): PlanFacts {
  const failed = [...outcomes.values()].filter(hasFailed).length;
  const { left } = tuning;
  return {
    trials: plan.trials.length,
    finished: outcomes.size - failed,
    failed,
    toResume,
    toRun: toRun.length,
    baselines: baselines.length,
    tuning: left.trials,
    parallel,
    threads,
    secondsEstimated: secondsOf(toRun, models, left.work, parallel),
    models: plan.models.map(({ cell }, model) => {
      const { parameters = null, seconds = null } = models[model] ?? {};
      return { ...cell, parameters, secondsEstimated: seconds };
    }),
  };
}

/** Trials that share the machine's threads evenly; null where a model is not known. */
function secondsOf(
  toRun: readonly PlannedTrial[],
  models: readonly (ModelEstimate | undefined)[],
  tuningWork: ReadonlyMap<number, number>,
  parallel: number,
): number | null {
  const trials = toRun.map(({ model }) => models[model]?.seconds);
  const tuning = [...tuningWork].map(([model, work]) => (models[model] ? work * models[model].seconds : undefined));
  let sum = 0;
  for (const seconds of [...trials, ...tuning]) {
    if (seconds === undefined) return null;
    sum += seconds;
  }
  return sum / parallel;
}
