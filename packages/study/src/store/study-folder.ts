import { MdctrError, writeAtomic, firstOf } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { StudyResults, TrialFailure } from '@mdctr/report';
import { Checkpoints, firstDifference, type TrainingIdentity } from '@mdctr/training';
import { hasFailed, type BaselineOutcome, type TrialOutcome } from '../trial/outcome.js';
import type { BaselineRun, TrialRun, Workplace } from '../run/executor.js';
import type { Before } from '../run/plan-run.js';
import type { StudyStore } from '../run/store.js';
import type { BaselineTrial, StudyTrial } from '../plan/types.js';
import { saveResults } from './save-results.js';
import { readScores } from './scores-file.js';
import { RunningMark } from './running-mark.js';
import { FAILURE, LOCK, RESULT, removeData, removeLeftovers, removeStudy } from './study-files.js';

/** Version of the layout; a folder of another is not gone on with. */
const VERSION = 2;

interface Lock {
  readonly version: number;
  readonly createdAt: string;
  readonly identity: TrainingIdentity;
}

/**
 * The folder of a study's results: `study.lock.json` says which study it is, `trials/BACKBONE/METHOD/seed-N/` has
 * `result.json` of a trial that is done, `failure.json` of one that failed, and `seed-N.partial` the checkpoint of one that
 * runs or was broken off; `baselines/LABEL/seed-N/` is the same for baselines, which have no checkpoint. With rolling splits
 * `seed-N` lies in `fold-K`. Every file appears as a whole or not at all.
 */
export class StudyFolder implements StudyStore {
  /** Files of what has been saved last. */
  private written: readonly string[] = [];

  private constructor(
    readonly directory: string,
    /** When the study began, ISO 8601. */
    readonly createdAt: string,
    /** Says that the study runs, until it is released. */
    private readonly mark: RunningMark,
    /** Trials that failed before are run again. */
    private readonly retryFailed: boolean,
    /** The study begins with this run, in a folder that was there before or not. */
    private readonly begins: { readonly study: boolean; readonly folder: boolean },
  ) {}

  /**
   * Takes a folder for a study, new or to go on with. `fresh` first removes what a study wrote there; with `retryFailed` trials that
   * failed before are run again.
   * @throws MdctrError MDCTR_STUDY_RUNNING if it runs there already, MDCTR_STUDY_MISMATCH if what is there is of another
   *   study, MDCTR_STUDY_DAMAGED.
   */
  static async open(
    directory: string,
    identity: TrainingIdentity,
    { fresh = false, retryFailed = false } = {},
  ): Promise<StudyFolder> {
    const made = await mkdir(directory, { recursive: true });
    const mark = await RunningMark.take(directory);
    try {
      await removeLeftovers(directory);
      if (fresh) await removeStudy(directory);
      const path = join(directory, LOCK);
      const before = await readLock(path);
      if (before) refuseOther(directory, before.identity, identity);
      const { createdAt } = before ?? { createdAt: new Date().toISOString() };
      if (!before) {
        const lock: Lock = { version: VERSION, createdAt, identity };
        await writeAtomic(path, `${JSON.stringify(lock, null, 2)}\n`);
      }
      await removeData(directory);
      const begins = { study: !before, folder: made !== undefined };
      return new StudyFolder(directory, createdAt, mark, retryFailed, begins);
    } catch (error) {
      await mark.release();
      throw error;
    }
  }

  /** What a folder holds of a study, without taking it: for a plan that is only to be read. */
  static async look(
    directory: string,
    identity: TrainingIdentity,
    trials: readonly StudyTrial[],
    baselines: readonly BaselineTrial[] = [],
  ): Promise<Before> {
    const before = await readLock(join(directory, LOCK));
    if (!before) return { trials: new Map(), baselines: new Map() };
    refuseOther(directory, before.identity, identity);
    return {
      trials: await readOutcomes<TrialOutcome>(directory, trials),
      baselines: await readOutcomes<BaselineOutcome>(directory, baselines),
    };
  }

  /**
   * The threads that the trials of a study in that folder compute with; undefined where there is none. Sums are split among
   * threads, so that another number rounds differently.
   */
  static async threadsOf(directory: string): Promise<number | undefined> {
    const threads = (await readLock(join(directory, LOCK)))?.identity['threads'];
    return typeof threads === 'number' ? threads : undefined;
  }

  /** Files of the last `save`. */
  get paths(): readonly string[] {
    return this.written;
  }

  /** Encoded data lie in the folder itself while the study runs. */
  readonly workplace: Workplace = {
    pathOf: (name) => resolve(this.directory, name),
    setWorkers: (pids) => this.mark.setWorkers(pids),
  };

  folderOf(trial: Pick<StudyTrial, 'folder'>): string {
    return resolve(this.directory, trial.folder);
  }

  async outcomes(trials: readonly StudyTrial[]): Promise<Map<number, TrialOutcome>> {
    await this.forgetFailures(trials);
    return readOutcomes<TrialOutcome>(this.directory, trials);
  }

  async baselineOutcomes(trials: readonly BaselineTrial[]): Promise<Map<number, BaselineOutcome>> {
    await this.forgetFailures(trials);
    return readOutcomes<BaselineOutcome>(this.directory, trials);
  }

  private async forgetFailures(trials: readonly Pick<StudyTrial, 'folder'>[]): Promise<void> {
    if (!this.retryFailed) return;
    for (const trial of trials) await rm(join(this.folderOf(trial), FAILURE), { force: true });
  }

  hasCheckpoint(trial: StudyTrial): boolean {
    return existsSync(new Checkpoints(this.folderOf(trial)).directory);
  }

  /**
   * Writes a failure; a result is in the trial's folder since it ended. The checkpoint of a trial that failed stays: what was a limit's
   * fault can be gone on with.
   */
  async record(trial: StudyTrial | BaselineTrial, { outcome, stack }: TrialRun | BaselineRun): Promise<void> {
    if (!hasFailed(outcome)) return;
    const path = join(this.folderOf(trial), FAILURE);
    await writeAtomic(path, `${JSON.stringify({ failure: outcome.failure, stack }, null, 2)}\n`);
  }

  scoresOf(trial: Pick<StudyTrial, 'folder'>, variant: string | undefined): Float32Array {
    return readScores(this.folderOf(trial), variant);
  }

  async save(results: StudyResults): Promise<void> {
    this.written = await saveResults(this.directory, results);
  }

  /** Before `release`, of a study that comes to no trial: one that begins with this run leaves no word of itself. */
  async abandon(): Promise<void> {
    if (this.begins.study) await rm(join(this.directory, LOCK), { force: true });
  }

  /** Ends the use of the folder; what was there for the run alone goes. */
  async release(): Promise<void> {
    await removeData(this.directory);
    await this.mark.release();
    // Refused where there is something in it.
    if (this.begins.folder) await rmdir(this.directory).catch(() => undefined);
  }
}

/** Writes how a trial ended; from then on it counts as done. */
export async function writeResult(folder: string, outcome: TrialOutcome | BaselineOutcome): Promise<void> {
  await writeAtomic(join(folder, RESULT), `${JSON.stringify(outcome, null, 2)}\n`);
}

async function readOutcomes<Outcome>(
  directory: string,
  trials: readonly Pick<StudyTrial, 'index' | 'folder'>[],
): Promise<Map<number, Outcome | { failure: TrialFailure }>> {
  const found = new Map<number, Outcome | { failure: TrialFailure }>();
  for (const { index, folder } of trials) {
    const result = await readJson<Outcome>(join(directory, folder, RESULT));
    const failed = result ? undefined : await readJson<{ failure: TrialFailure }>(join(directory, folder, FAILURE));
    if (result) found.set(index, result);
    else if (failed) found.set(index, { failure: failed.failure });
  }
  return found;
}

async function readLock(path: string): Promise<Lock | undefined> {
  const lock = await readJson<Lock>(path);
  if (lock && lock.version !== VERSION) throw damaged(path, `layout ${lock.version}, not ${VERSION}`);
  return lock;
}

async function readJson<T>(path: string): Promise<T | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (cause) {
    throw damaged(path, firstOf((cause as Error).message.split('\n')));
  }
}

function damaged(path: string, found: string): MdctrError {
  return new MdctrError('MDCTR_STUDY_DAMAGED', {
    what: `${path} cannot be read.`,
    found,
    hint: 'Delete that file to run its trial again, or begin the study anew with --fresh.',
  });
}

function refuseOther(directory: string, began: TrainingIdentity, now: TrainingIdentity): void {
  const difference = firstDifference(began, now);
  if (!difference) return;
  throw new MdctrError('MDCTR_STUDY_MISMATCH', {
    what: `The folder has results of another study: ${difference.path} differs.`,
    at: { file: directory },
    expected: `${difference.before}, as when that study began`,
    found: difference.now,
    hint: 'Name another folder with --out, or begin anew with --fresh, which removes those results.',
  });
}
