import { dataFingerprint, type EncodedData } from '@mdctr/data';
import { analyseScores, type StudyResults, type TrialResult } from '@mdctr/report';
import { answerBudget, planBudgets, withBudgets } from './budget/index.js';
import type { Opened, StudyConfig } from './config.js';
import { rehearse } from './rehearse.js';
import type { TrialCallbacks } from './run-trial.js';
import { measureTrial } from './running/measure-trial.js';
import type { TrialOutcome } from './running/outcome.js';
import { planStudy, type Cell } from './running/plan.js';
import { scoredComparisons } from './running/scored-comparisons.js';
import { StudyReport } from './running/study-report.js';
import { Tuning, withoutTestRows } from './tuning/index.js';

export interface StudyCallbacks extends Pick<TrialCallbacks, 'onStep' | 'onEpoch' | 'inspect'> {
  readonly onCell?: (cell: Cell, index: number, total: number) => void;
  /** `results` is what the study has found so far; the next trial waits for the promise. */
  readonly onResult?: (result: TrialResult, results: StudyResults) => void | Promise<void>;
}

/**
 * Runs a study in this process: budgets, searches, then every trial, one after the other, on one encoding of the data of each
 * setting (`data`, by its place). Nothing is written; the command runs trials in processes of their own, in a folder that
 * it can go on in. Every cell sees the same rows in the same order for a seed, so that gains can be paired. A trial that
 * fails ends the study.
 * @throws MdctrError MDCTR_STUDY_NO_EVALUATION; what building one of the models throws, before the
 *   first is trained; what a training throws.
 */
export async function runStudy(
  { config, registry }: Pick<Opened<StudyConfig>, 'config' | 'registry'>,
  data: EncodedData | readonly EncodedData[],
  environment: StudyResults['environment'],
  { onCell, onResult, inspect, ...callbacks }: StudyCallbacks = {},
): Promise<StudyResults> {
  const all = Array.isArray(data) ? (data as readonly EncodedData[]) : [data as EncodedData];
  const planned = planStudy(config);
  const report = new StudyReport(config, planned, all, environment, all.map(dataFingerprint));
  const schemas = all.map(({ schema }) => schema);
  rehearse(planned.models, registry, schemas);
  const tasks = planBudgets(config, planned);
  const answers = [];
  for (const task of tasks) answers.push(await answerBudget(task, registry, all[task.own.setting]!));
  const { plan: sized, budgets } = withBudgets(planned, tasks, answers);

  const tuning = new Tuning(config, sized);
  const unseen = all.map((own, i) => (config.settings[i]!.search ? withoutTestRows(own) : own));
  for (let due = tuning.next(); due.length > 0; due = tuning.next()) {
    for (const trial of due) {
      const { outcome } = await measureTrial(trial, { registry, data: unseen[trial.setting]! }, callbacks);
      tuning.record(trial, outcome);
    }
  }
  const { plan } = tuning.tuned();

  const createdAt = new Date().toISOString();
  const outcomes = new Map<number, TrialOutcome>();
  const scores = new Map<number, ReadonlyMap<string | undefined, Float32Array>>();
  const beside = { budgets, tuning: tuning.results() };
  for (const trial of plan.trials) {
    onCell?.(trial.cell, trial.index, plan.trials.length);
    const own = { ...callbacks, ...(inspect && { inspect }) }; // of a search's trials nobody asks
    const measured = await measureTrial(trial, { registry, data: all[trial.setting]! }, own);
    outcomes.set(trial.index, measured.outcome);
    scores.set(trial.index, measured.scores);
    await onResult?.(measured.outcome.lines[0], report.results(outcomes, createdAt, beside));
  }
  const comparisons = scoredComparisons(plan, outcomes, report.labels, ({ index }, variant) => {
    return scores.get(index)!.get(variant)!;
  });
  const scoreAnalyses = analyseScores(comparisons, config.analyses);
  return report.results(outcomes, createdAt, { ...beside, scoreAnalyses });
}
