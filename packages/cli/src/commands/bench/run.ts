import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DETAIL_INDENT, MdctrError } from '@mdctr/base';
import { failureGroups, REPORT_PAGE, toText, type StudyResults } from '@mdctr/report';
import {
  openStudy,
  planStudy,
  prepareStudy,
  runOf,
  runStudy,
  slug,
  StudyFolder,
  StudyStopped,
  WorkerPool,
  type Limits,
  type OpenedStudy,
  type PreparedStudy,
  type StudyConfig,
  type StudyTrial,
} from '@mdctr/study';
import { builtinPackages } from '../../builtins.js';
import type { DataFlags } from '../../data/open-data.js';
import { openStudyData } from '../../data/open-study-data.js';
import { Interrupted } from '../../process/interrupt.js';
import { Events } from '../../terminal/events.js';
import { duration, Progress } from '../../terminal/progress.js';
import { BenchObserver } from './observer.js';
import { showPlan } from './show-plan.js';

export interface BenchFlags extends DataFlags {
  readonly set: string[];
  readonly out?: string;
  readonly parallel: number;
  readonly threads?: number;
  readonly trialMinutes?: number;
  readonly trialMemory?: number;
  readonly plan?: true;
  readonly retryFailed?: true;
  readonly fresh?: true;
  readonly python?: string;
  readonly tensorboard?: string;
  readonly json?: true;
}

export async function bench(file: string, flags: BenchFlags): Promise<void> {
  const events = new Events(flags.json === true);
  let failures: StudyResults['failures'];
  await events.guard(async () => {
    failures = await openAndRun(file, flags, events);
  });
  // After the last event: the results are in, but not all of them.
  if (failures) throw incomplete(failures);
}

/** Gives the trials that failed. */
async function openAndRun(file: string, flags: BenchFlags, events: Events): Promise<StudyResults['failures']> {
  // Processes of trials inherit it.
  if (flags.python !== undefined) process.env.MDCTR_PYTHON = flags.python;
  const progress = new Progress(flags.json !== true);
  const study = await openStudy(file, { ...flags, builtins: builtinPackages() });
  const directory = flags.out ?? join('results', slug(study.config.name));
  const observer = new BenchObserver(progress, events, flags);
  const pool = await poolFor(study, directory, flags, observer);
  observer.onInterrupt = () => pool.stop();
  try {
    const openData = () => openStudyData(study, flags, progress);
    const prepared = await prepareStudy(study, openData, pool, observer);
    if (flags.plan) {
      await showPlan(prepared, pool, directory, { observer, events, fresh: flags.fresh === true });
      return undefined;
    }
    return await run(prepared, pool, directory, { flags, observer, events, progress });
  } finally {
    await pool.end();
  }
}

interface RunContext {
  readonly flags: BenchFlags;
  readonly observer: BenchObserver;
  readonly events: Events;
  readonly progress: Progress;
}

async function run(
  prepared: PreparedStudy,
  pool: WorkerPool,
  directory: string,
  { flags, observer, events, progress }: RunContext,
): Promise<StudyResults['failures']> {
  const began = performance.now();
  const folder = await StudyFolder.open(directory, prepared.identity, flags);
  try {
    const results = await runStudy(prepared, pool, folder, observer).catch((error: unknown) => {
      if (!(error instanceof StudyStopped) || !observer.interrupted) throw error;
      throw new Interrupted(
        observer.interrupted,
        `Interrupted: ${observer.summary}. The same command goes on from there.`,
      );
    });
    progress.clear();
    const page = join(directory, REPORT_PAGE);
    // Loaded now: the start of a study does not wait for it.
    await (await import('@mdctr/report-html')).writeReport(page, results);
    const paths = [...folder.paths, page];
    events.emit('result', { paths, ...results });
    if (!flags.json) {
      const took = duration((performance.now() - began) / 1000);
      process.stdout.write(`\n${toText(results)}\n\nDone in ${took}. Written: ${paths.join(', ')}\n`);
    }
    return results.failures;
  } finally {
    await pool.end();
    await folder.release();
  }
}

async function poolFor(
  { config }: OpenedStudy,
  directory: string,
  flags: BenchFlags,
  observer: BenchObserver,
): Promise<WorkerPool> {
  const { trials } = planStudy(config);
  const parallel = Math.min(flags.parallel, trials.length);
  // A study keeps the number that it began with, whatever it is gone on with.
  const before = flags.fresh ? undefined : await StudyFolder.threadsOf(directory);
  const { tensorboard } = flags;
  return new WorkerPool({
    precision: config.training.precision,
    quiet: flags.json === true,
    parallel,
    threads: flags.threads ?? before ?? threadsFor(parallel),
    limits: limitsOf(config, flags),
    ...(tensorboard !== undefined && { tensorboard: (trial) => join(tensorboard, ...eventFolders(trial)) }),
    onOutput: (text) => observer.output(text),
  });
}

/** The share of each process, unless the user has set it. */
function threadsFor(parallel: number): number {
  const asked = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return asked > 0 ? asked : Math.max(1, Math.floor(availableParallelism() / parallel));
}

function limitsOf({ training }: StudyConfig, { trialMinutes, trialMemory }: BenchFlags): Limits {
  const { minutes = 0, memoryGiB = 0 } = training.limits ?? {};
  return { minutes: trialMinutes ?? minutes, memoryGiB: trialMemory ?? memoryGiB };
}

/** Where a trial's TensorBoard files go. */
function eventFolders(trial: StudyTrial): string[] {
  const { setting, backbone, method } = trial.cell;
  const names = [...(setting === undefined ? [] : [setting]), backbone, method].map(slug);
  return [names.join('-'), slug(runOf(trial))];
}

/** Most causes of failures that are shown. */
const MOST_CAUSES = 8;

function incomplete(failures: NonNullable<StudyResults['failures']>): MdctrError {
  const groups = failureGroups(failures).map(({ trials, reason }) => `${trials}: ${reason.replaceAll('\n', ' ')}`);
  const left = groups.length - MOST_CAUSES;
  const rest = left > 0 ? [`and ${left} more cause${left > 1 ? 's' : ''}, in results.json`] : [];
  const them = failures.length > 1 ? 'them' : 'it';
  return new MdctrError('MDCTR_STUDY_INCOMPLETE', {
    what: `${failures.length} trial${failures.length > 1 ? 's' : ''} of the study failed; the table is without ${them}.`,
    found: [...groups.slice(0, MOST_CAUSES), ...rest].join(DETAIL_INDENT),
    hint: 'Mend the cause, then run the same command with --retry-failed.',
  });
}
