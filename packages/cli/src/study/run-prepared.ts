import { join } from 'node:path';
import { analyseScores, REPORT_PAGE, toText, type Analyses, type StudyResults } from '@mdctr/report';
import {
  readScores,
  runOf,
  runTrials,
  saveResults,
  scoredComparisons,
  slug,
  StudyFolder,
  type PlannedTrial,
  type TrialOutcome,
  type TuningTrial,
} from '@mdctr/study';
import { Interrupted, onInterrupt } from '../interrupt.js';
import { duration } from '../progress.js';
import type { Limits } from './limits.js';
import { showPlan } from './make-plan.js';
import type { Prepared } from './prepare.js';
import { StudyState } from './study-state.js';
import { StudyWatch } from './study-watch.js';
import { WorkerStopped } from './worker-process.js';

/** Runs what is left of a study; gives the trials that failed. */
export async function runPrepared(prepared: Prepared): Promise<StudyResults['failures']> {
  const { config, crew, report, directory, progress, events, options } = prepared;
  const began = performance.now();
  const folder = await StudyFolder.open(directory, prepared.identity, options);
  try {
    const outcomes = await folder.outcomes(prepared.plan.trials, options);
    const known = await showPlan(prepared, outcomes, folder).catch(async (error: unknown) => {
      await folder.abandon();
      throw error;
    });
    const { plan, tuning, budgets } = known;
    let scoreAnalyses: Analyses = {};
    const results = (): StudyResults =>
      report.results(outcomes, folder.createdAt, { budgets, tuning: tuning.results(), scoreAnalyses });
    let paths = outcomes.size > 0 ? await saveResults(directory, results()) : [];
    let saved: Promise<unknown> = Promise.resolve();
    let watch: StudyWatch | undefined;
    const runner = {
      ...{ folder, facts: prepared.facts, limits: limitsOf(prepared) },
      tensorboard: (trial) => options.tensorboard && join(options.tensorboard, ...boardOf(trial)),
      onBegin: (trial) => watch?.begin(trial),
      onNews: (trial, news) => watch?.news(trial, news),
    } satisfies Parameters<typeof crew.runner>[0];
    const runners = Array.from({ length: known.parallel }, () => crew.runner(runner));

    /** Runs trials side by side; each is in the results before it is reported as done. */
    const runAll = async (state: StudyState, trials: readonly PlannedTrial[], ended?: OnEnd): Promise<void> => {
      const own = (watch = new StudyWatch(state, progress, events));
      crew.onOutput = (text) => own.output(text);
      await interruptible(prepared, state, own, () =>
        runTrials(trials, runners, async (trial, outcome) => {
          state.end(trial, outcome);
          ended?.(trial, outcome);
          // One after the other: trials that end at once would write the same files.
          saved = saved.then(async () => (paths = await saveResults(directory, results())));
          await saved;
          own.end(trial, outcome);
        }),
      );
    };
    const secondsOf = (model: number): number => known.models[model]?.seconds ?? 1;
    for (let due = tuning.next(); due.length > 0; due = tuning.next()) {
      const state = new StudyState({ ...plan, trials: due }, new Map(), secondsOf);
      await runAll(state, due, (trial, outcome) => tuning.record(trial as TuningTrial, outcome));
    }
    const { plan: tuned, failed } = tuning.tuned();
    for (const trial of tuned.trials) {
      if (failed.includes(trial.model) && !outcomes.has(trial.index)) outcomes.set(trial.index, untuned(trial));
    }
    const toRun = tuned.trials.filter(({ index }) => !outcomes.has(index));
    await runAll(new StudyState(tuned, outcomes, secondsOf), toRun);
    if (outcomes.size > 0) {
      progress.show('analysing the scores of all trials');
      const scoresOf = (trial: PlannedTrial, variant?: string): Float32Array =>
        readScores(folder.folderOf(trial), variant);
      const comparisons = scoredComparisons(tuned, outcomes, report.labels, scoresOf);
      scoreAnalyses = analyseScores(comparisons, config.analyses);
      progress.clear();
      paths = await saveResults(directory, results());
    }
    const whole = results();
    const page = join(directory, REPORT_PAGE);
    // Loaded now: the start of a study does not wait for it.
    await (await import('@mdctr/report-html')).writeReport(page, whole);
    paths = [...paths, page];
    events.emit('result', { paths, ...whole });
    if (!options.json) {
      const took = duration((performance.now() - began) / 1000);
      process.stdout.write(`\n${toText(whole)}\n\nDone in ${took}. Written: ${paths.join(', ')}\n`);
    }
    return whole.failures;
  } finally {
    await crew.end();
    await folder.release();
  }
}

type OnEnd = (trial: PlannedTrial, outcome: TrialOutcome) => void;

/** A trial of a model that no tuning trial succeeded with. */
function untuned({ cell }: PlannedTrial): TrialOutcome {
  const reason = 'Every tuning trial of this method failed; "tuning" in results.json has the reasons.';
  return { failure: { ...cell, code: 'MDCTR_TUNING_FAILED', reason, seconds: 0 } };
}

/** Where a trial's TensorBoard files go. */
function boardOf(trial: PlannedTrial): string[] {
  const { setting, backbone, method } = trial.cell;
  const names = [...(setting === undefined ? [] : [setting]), backbone, method].map(slug);
  return [names.join('-'), slug(runOf(trial))];
}

/** Runs trials so that Ctrl-C has them write their checkpoints first. */
async function interruptible(
  { crew, options }: Prepared,
  state: StudyState,
  watch: StudyWatch,
  body: () => Promise<void>,
): Promise<void> {
  let signal: 'SIGINT' | 'SIGTERM' | undefined;
  const release = onInterrupt((first) => {
    signal = first;
    if (!options.json) watch.say('Interrupted: the trials that run write their checkpoints. Once more to end at once.');
    crew.stop();
  });
  try {
    await body();
  } catch (error) {
    if (!(error instanceof WorkerStopped) || !signal) throw error;
    throw new Interrupted(signal, `Interrupted: ${state.summary()}. The same command goes on from there.`);
  } finally {
    watch.close();
    release();
  }
}

function limitsOf({ config, options: { trialMinutes, trialMemory } }: Prepared): Limits {
  const { minutes = 0, memoryGiB = 0 } = config.training.limits ?? {};
  return { minutes: trialMinutes ?? minutes, memoryGiB: trialMemory ?? memoryGiB };
}
