import { dataFingerprint, type EncodedData } from '@mdctr/data';
import type { StudyResults, TrialResult } from '@mdctr/report';
import type { TrainingContext } from '@mdctr/training';
import type { Opened, StudyConfig } from './config.js';
import { rehearse } from './rehearse.js';
import { runTrial, trialResults } from './run-trial.js';
import type { TrialOutcome } from './running/outcome.js';
import { planStudy, reportedSplit, type Cell } from './running/plan.js';
import { StudyReport } from './running/study-report.js';

export interface StudyCallbacks extends Pick<TrainingContext, 'onStep' | 'onEpoch'> {
  readonly onCell?: (cell: Cell, index: number, total: number) => void;
  /** `results` is what the study has found so far; the next trial waits for the promise. */
  readonly onResult?: (result: TrialResult, results: StudyResults) => void | Promise<void>;
}

/**
 * Runs every trial of a study in this process, one after the other, on one encoding of the data of each setting (`data`, by
 * its place); nothing is written. (The
 * command runs them in processes of their own, in a folder that it can go on in.) Every cell sees the same rows in the same
 * order for a seed, so that gains can be paired. A trial that fails ends the study.
 * @throws MdctrError MDCTR_STUDY_NO_EVALUATION; what building one of the models throws, before the
 *   first is trained; what a training throws.
 */
export async function runStudy(
  { config, registry }: Pick<Opened<StudyConfig>, 'config' | 'registry'>,
  data: EncodedData | readonly EncodedData[],
  environment: StudyResults['environment'],
  { onCell, onResult, ...callbacks }: StudyCallbacks = {},
): Promise<StudyResults> {
  const all = Array.isArray(data) ? (data as readonly EncodedData[]) : [data as EncodedData];
  const splits = all.map(reportedSplit);
  const plan = planStudy(config);
  rehearse(
    plan.models,
    registry,
    all.map(({ schema }) => schema),
  );
  const report = new StudyReport(config, plan, all, environment, all.map(dataFingerprint));
  const createdAt = new Date().toISOString();
  const outcomes = new Map<number, TrialOutcome>();
  for (const trial of plan.trials) {
    const { index, cell, setting } = trial;
    onCell?.(cell, index, plan.trials.length);
    const finished = await runTrial({ ...trial, registry, data: all[setting]! }, callbacks);
    finished.trial.dispose();
    const lines = trialResults(cell, finished, splits[setting]!);
    outcomes.set(index, { lines });
    await onResult?.(lines[0], report.results(outcomes, createdAt));
  }
  return report.results(outcomes, createdAt);
}
