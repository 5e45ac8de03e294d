import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from '@mdctr/core';
import type { BudgetResult } from '@mdctr/report';
import {
  hasFailed,
  planBudgets,
  StudyFolder,
  Tuning,
  withBudgets,
  type ModelEstimate,
  type PlannedTrial,
  type StudyPlan,
  type TrialOutcome,
} from '@mdctr/study';
import { knownModels, planText, type PlanFacts } from './plan-text.js';
import type { Prepared } from './prepare.js';

/** What is known before trials run. */
export interface Known {
  /** The study's plan, networks scaled to their budgets. */
  readonly plan: StudyPlan;
  readonly budgets: readonly BudgetResult[];
  readonly tuning: Tuning;
  /** Trials side by side. */
  readonly parallel: number;
  /** By place in the plan. */
  readonly models: readonly (ModelEstimate | undefined)[];
}

/**
 * Makes the crew ready for what is to be run: data, networks scaled to their budgets, and for models that no trial was run of a
 * rehearsal. Prints what the study will do.
 */
export async function showPlan(
  prepared: Prepared,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  folder: StudyFolder,
): Promise<Known> {
  const toRun = prepared.plan.trials.filter(({ index }) => !outcomes.has(index));
  const tasks = planBudgets(prepared.config, prepared.plan);
  if (toRun.length + tasks.length > 0) await prepared.share((name) => folder.dataFile(name));
  const { plan, budgets } = withBudgets(prepared.plan, tasks, await prepared.crew.budgets(tasks));
  const tuning = new Tuning(prepared.config, plan);
  await recall(tuning, folder, prepared.options);
  const toResume = toRun.filter((trial) => folder.hasCheckpoint(trial)).length;
  return { budgets, ...(await show({ ...prepared, plan }, outcomes, { tuning, toRun, toResume })) };
}

/** Prints the plan of a study that is not run; nothing is written to the folder of its results. */
export async function planOnly(prepared: Prepared): Promise<void> {
  const { config, directory, identity, crew, share, events, options } = prepared;
  const { trials } = prepared.plan;
  const outcomes = options.fresh ? new Map<number, never>() : await StudyFolder.look(directory, identity, trials);
  const temporary = await mkdtemp(join(tmpdir(), 'mdctr-plan-'));
  const release = removeAtExit(temporary);
  try {
    await share((name) => join(temporary, name));
    const tasks = planBudgets(config, prepared.plan);
    const { plan } = withBudgets(prepared.plan, tasks, await crew.budgets(tasks));
    const toRun = trials.filter(({ index }) => !outcomes.has(index));
    await show({ ...prepared, plan }, outcomes, { tuning: new Tuning(config, plan), toRun, toResume: 0 });
    events.emit('result', { paths: [], plannedTrials: trials.length });
  } finally {
    await rm(temporary, { recursive: true, force: true });
    release();
  }
}

/** Reads how the tuning trials ended that a study has run before. */
async function recall(tuning: Tuning, folder: StudyFolder, options: { readonly retryFailed?: true }): Promise<void> {
  for (;;) {
    const due = tuning.next();
    const before = await folder.outcomes(due, options);
    if (before.size === 0) return;
    for (const [index, outcome] of before) tuning.record(due[index]!, outcome);
  }
}

async function show(
  { plan, crew, progress, events, options }: Prepared,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  { toRun, toResume, tuning }: { toRun: readonly PlannedTrial[]; toResume: number; tuning: Tuning },
): Promise<Omit<Known, 'budgets'>> {
  progress.show('rehearsing the trials');
  const { left } = tuning;
  const known = knownModels(plan, outcomes, new Map());
  const unknown = plan.models.flatMap((model, place) =>
    !known[place] && (toRun.some((trial) => trial.model === place) || left.work.has(place))
      ? [[place, model] as const]
      : [],
  );
  const models = knownModels(plan, outcomes, await crew.estimate(new Map(unknown)));
  const parallel = Math.max(1, Math.min(options.parallel, toRun.length + left.trials));
  const failed = [...outcomes.values()].filter(hasFailed).length;
  const facts: PlanFacts = {
    trials: plan.trials.length,
    finished: outcomes.size - failed,
    failed,
    toResume,
    toRun: toRun.length,
    tuning: left.trials,
    parallel,
    threads: crew.options.threads,
    secondsEstimated: secondsOf(toRun, models, left.work, parallel),
    models: plan.models.map(({ cell }, model) => {
      const { parameters = null, seconds = null } = models[model] ?? {};
      return { ...cell, parameters, secondsEstimated: seconds };
    }),
  };
  events.emit('plan', facts);
  if (options.plan && !options.json) process.stdout.write(`${planText(plan, facts)}\n`);
  else progress.done(planText(plan, facts));
  return { plan, tuning, parallel, models };
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
  const seconds = [...trials, ...tuning];
  if (seconds.some((one) => one === undefined)) return null;
  return seconds.reduce<number>((sum, one) => sum + one!, 0) / parallel;
}
