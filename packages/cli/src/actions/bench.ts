import { join } from 'node:path';
import { MdctrError } from '@mdctr/core';
import { REPORT_PAGE, toText, type StudyResults } from '@mdctr/report';
import { runTrials, saveResults, slug, StudyFolder } from '@mdctr/study';
import { Events } from '../events.js';
import { Interrupted, onInterrupt } from '../interrupt.js';
import type { DataFlags } from '../open-data.js';
import { duration } from '../progress.js';
import type { Limits } from '../study/limits.js';
import { planOnly, showPlan } from '../study/make-plan.js';
import { prepare, type Prepared } from '../study/prepare.js';
import { StudyState } from '../study/study-state.js';
import { StudyWatch } from '../study/study-watch.js';
import { WorkerStopped } from '../study/worker-process.js';

export interface BenchOptions extends DataFlags {
  readonly set: string[];
  readonly dataset?: string;
  readonly out?: string;
  readonly parallel: number;
  readonly threads?: number;
  readonly trialMinutes?: number;
  readonly trialMemory?: number;
  readonly plan?: true;
  readonly retryFailed?: true;
  readonly fresh?: true;
  readonly tensorboard?: string;
  readonly json?: true;
}

export async function bench(file: string, options: BenchOptions): Promise<void> {
  const events = new Events(options.json === true);
  let failures: StudyResults['failures'];
  await events.guard(async () => {
    const prepared = await prepare(file, options, events);
    try {
      if (options.plan) await planOnly(prepared);
      else failures = await run(prepared);
    } finally {
      await prepared.crew.end();
    }
  });
  // After the last event: the results are in, but not all of them.
  if (failures) throw incomplete(failures);
}

/** Runs what is left of a study; gives the trials that failed. */
async function run(prepared: Prepared): Promise<StudyResults['failures']> {
  const { plan, crew, report, directory, progress, events, options } = prepared;
  const began = performance.now();
  const folder = await StudyFolder.open(directory, prepared.identity, options);
  try {
    const outcomes = await folder.outcomes(plan.trials, options);
    const results = (): StudyResults => report.results(outcomes, folder.createdAt);
    const known = await showPlan(prepared, outcomes, folder);
    const state = new StudyState(plan, outcomes, (model) => known.models[model]?.seconds ?? 1);
    const watch = new StudyWatch(state, progress, events);
    crew.onOutput = (text) => watch.output(text);
    let paths = outcomes.size > 0 ? await saveResults(directory, results()) : [];
    let saved: Promise<unknown> = Promise.resolve();
    const runner = {
      ...{ folder, facts: prepared.facts, limits: limitsOf(prepared) },
      tensorboard: ({ cell: { setting, backbone, method, seed } }) => {
        const names = [...(setting === undefined ? [] : [setting]), backbone, method].map(slug);
        return options.tensorboard && join(options.tensorboard, names.join('-'), `seed-${seed}`);
      },
      onBegin: (trial) => watch.begin(trial),
      onNews: (trial, news) => watch.news(trial, news),
    } satisfies Parameters<typeof crew.runner>[0];
    const runners = Array.from({ length: known.parallel }, () => crew.runner(runner));
    await interruptible(prepared, state, watch, () =>
      runTrials(known.toRun, runners, async (trial, outcome) => {
        state.end(trial, outcome);
        // One after the other: trials that end at once would write the same files. Before it is reported as done.
        saved = saved.then(async () => (paths = await saveResults(directory, results())));
        await saved;
        watch.end(trial, outcome);
      }),
    );
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

function incomplete(failures: NonNullable<StudyResults['failures']>): MdctrError {
  const [{ backbone, method, seed, reason }] = failures as [(typeof failures)[number]];
  const others = failures.length > 1 ? `; and ${failures.length - 1} more` : '';
  const them = failures.length > 1 ? 'them' : 'it';
  return new MdctrError('MDCTR_STUDY_INCOMPLETE', {
    what: `${failures.length} trial${failures.length > 1 ? 's' : ''} of the study failed; the table is without ${them}.`,
    found: `${backbone} + ${method}, seed ${seed}: ${reason}${others}`,
    hint: 'Mend the cause, then run the same command with --retry-failed.',
  });
}
