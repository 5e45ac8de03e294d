import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MdctrError } from '@mdctr/core';
import { dataFingerprint, type EncodedData } from '@mdctr/data';
import { toText, type StudyResults } from '@mdctr/report';
import {
  openStudy,
  planStudy,
  reportedSplit,
  runTrials,
  saveResults,
  slug,
  StudyFolder,
  studyIdentity,
  StudyReport,
  type Opened,
  type StudyConfig,
  type StudyPlan,
} from '@mdctr/study';
import { builtinPackages } from '../builtins.js';
import { Events } from '../events.js';
import { Interrupted, onInterrupt } from '../interrupt.js';
import { dataFacts, openData, type DataFlags } from '../open-data.js';
import { duration, Progress } from '../progress.js';
import { Crew } from '../study/crew.js';
import { planOnly, showPlan } from '../study/make-plan.js';
import { StudyState } from '../study/study-state.js';
import { StudyWatch } from '../study/study-watch.js';
import { WorkerStopped } from '../study/worker-process.js';

export interface BenchOptions extends DataFlags {
  readonly set: string[];
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

/** A study that is ready to be run. */
export interface Prepared {
  readonly study: Opened<StudyConfig>;
  /** Of the results. */
  readonly directory: string;
  readonly plan: StudyPlan;
  readonly data: EncodedData;
  readonly crew: Crew;
  readonly environment: StudyResults['environment'];
  /** Facts that checkpoints must agree on. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly progress: Progress;
  readonly events: Events;
  readonly options: BenchOptions;
}

export async function bench(file: string, options: BenchOptions): Promise<void> {
  const events = new Events(options.json === true);
  let failures: StudyResults['failures'];
  await events.guard(async () => {
    failures = await start(file, options, events);
  });
  // After the last event: the results are in, but not all of them.
  if (failures) throw incomplete(failures);
}

async function start(file: string, options: BenchOptions, events: Events): Promise<StudyResults['failures']> {
  const quiet = options.json === true;
  const progress = new Progress(!quiet);
  const study = await openStudy(file, { set: options.set, builtins: builtinPackages() });
  const { config, packages } = study;
  const plan = planStudy(config);
  const parallel = Math.min(options.parallel, plan.trials.length);
  const directory = options.out ?? join('results', slug(config.name));
  // A study keeps the number that it began with, whatever it is gone on with.
  const before = options.fresh ? undefined : await StudyFolder.threadsOf(directory);
  const threads = options.threads ?? before ?? threadsFor(parallel);
  const crew = new Crew({ config, packages, quiet, threads });
  crew.onOutput = (text) => {
    progress.clear();
    process.stderr.write(text);
  };
  try {
    // TensorFlow starts while the data are read.
    const [started, opened] = await Promise.allSettled([crew.start(), openData(study, options, progress)]);
    const data = valueOf(opened);
    const environment = { ...valueOf(started), trialThreads: threads, parallel };
    events.start('bench', { name: config.name, data: dataFacts(data), environment }, data.warnings);
    reportedSplit(data);
    await crew.rehearse(data.schema);
    const { tier, kernels, multiplies } = valueOf(started); // their rounding differs, as that of threads
    const facts = { data: dataFingerprint(data), tier, kernels, multiplies, threads };
    const prepared = { study, directory, plan, data, crew, environment, facts, progress, events, options };
    if (options.plan) await planOnly(prepared);
    else return await run(prepared);
  } finally {
    await crew.end();
  }
  return undefined;
}

/** Runs what is left of a study; gives the trials that failed. */
async function run(prepared: Prepared): Promise<StudyResults['failures']> {
  const { study, directory, plan, data, crew, environment, facts, progress, events, options } = prepared;
  const { config } = study;
  const began = performance.now();
  const folder = await StudyFolder.open(directory, studyIdentity(config, study.packages, facts), options);
  try {
    const outcomes = await folder.outcomes(plan.trials, options);
    const known = await showPlan(prepared, outcomes, folder);
    const report = new StudyReport(config, plan, data, environment, folder.createdAt);
    const state = new StudyState(plan, outcomes, (model) => known.models[model]?.seconds ?? 1);
    const watch = new StudyWatch(state, progress, events, config.training);
    crew.onOutput = (text) => watch.output(text);
    let paths = outcomes.size > 0 ? await saveResults(directory, report.results(outcomes)) : [];
    let saved: Promise<unknown> = Promise.resolve();
    await interruptible(prepared, state, watch, async () => {
      const runners = Array.from({ length: known.parallel }, () =>
        crew.runner({
          folder,
          facts,
          limits: limitsOf(prepared),
          tensorboard: ({ cell: { backbone, method, seed } }) =>
            options.tensorboard && join(options.tensorboard, `${slug(backbone)}-${slug(method)}`, `seed-${seed}`),
          onBegin: (trial) => watch.begin(trial),
          onNews: (trial, news) => watch.news(trial, news),
        }),
      );
      await runTrials(known.toRun, runners, async (trial, outcome) => {
        outcomes.set(trial.index, outcome);
        const results = report.results(outcomes);
        // One after the other: trials that end at once would write the same files. Before it is reported as done.
        saved = saved.then(async () => (paths = await saveResults(directory, results)));
        await saved;
        watch.end(trial, outcome);
      });
    });
    const results = report.results(outcomes);
    events.emit('result', { paths, ...results });
    if (!options.json) {
      const took = duration((performance.now() - began) / 1000);
      process.stdout.write(`\n${toText(results)}\n\nDone in ${took}. Written: ${paths.join(', ')}\n`);
    }
    return results.failures;
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

/** The share of each process, unless the user has set it. */
function threadsFor(parallel: number): number {
  const asked = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return asked > 0 ? asked : Math.max(1, Math.floor(availableParallelism() / parallel));
}

function limitsOf({ study, options: { trialMinutes, trialMemory } }: Prepared): {
  minutes: number;
  memoryGiB: number;
} {
  const { minutes = 0, memoryGiB = 0 } = study.config.training.limits ?? {};
  return { minutes: trialMinutes ?? minutes, memoryGiB: trialMemory ?? memoryGiB };
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

function incomplete(failures: NonNullable<StudyResults['failures']>): MdctrError {
  const [{ backbone, method, seed, reason }] = failures as [(typeof failures)[number]];
  const others = failures.length > 1 ? `; and ${failures.length - 1} more` : '';
  return new MdctrError('MDCTR_STUDY_INCOMPLETE', {
    what: `${failures.length} trial${failures.length > 1 ? 's' : ''} of the study failed; the table is without ${failures.length > 1 ? 'them' : 'it'}.`,
    found: `${backbone} + ${method}, seed ${seed}: ${reason}${others}`,
    hint: 'Mend the cause, then run the same command with --retry-failed.',
  });
}
