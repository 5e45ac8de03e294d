import { MdctrError, writeAtomic } from '@mdctr/base';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARK } from './study-files.js';

/** A process that was killed, and those that it started, need a moment to end. */
const WAIT_MS = 5000;

interface Mark {
  readonly host: string;
  readonly pid: number;
  readonly workers: readonly number[];
}

/**
 * `running.json` in the folder of the results: which processes work there. Two studies in one folder would undo each
 * other's checkpoints. Processes on another machine cannot be seen: those that a mark names there count as ended.
 */
export class RunningMark {
  private workers: readonly number[] = [];
  private last: Promise<void> = Promise.resolve();

  private constructor(private readonly path: string) {}

  /** @throws MdctrError MDCTR_STUDY_RUNNING. */
  static async take(directory: string): Promise<RunningMark> {
    const path = join(directory, MARK);
    const until = Date.now() + WAIT_MS;
    for (let left = await livingOf(path); left.length > 0; left = await livingOf(path)) {
      if (Date.now() > until) throw running(directory, left);
      await sleep(50);
    }
    const mark = new RunningMark(path);
    await mark.write();
    return mark;
  }

  /** Processes that work on trials now. */
  async setWorkers(pids: readonly number[]): Promise<void> {
    this.workers = pids;
    await this.write();
  }

  async release(): Promise<void> {
    await this.last;
    await rm(this.path, { force: true });
  }

  private write(): Promise<void> {
    const mark: Mark = { host: hostname(), pid: process.pid, workers: this.workers };
    this.last = this.last.then(() => writeAtomic(this.path, `${JSON.stringify(mark)}\n`));
    return this.last;
  }
}

/** Processes of a mark that are there. */
async function livingOf(path: string): Promise<number[]> {
  let mark: Mark;
  try {
    mark = JSON.parse(await readFile(path, 'utf8')) as Mark;
  } catch {
    return []; // none, or no mark
  }
  if (mark.host !== hostname()) return [];
  return [mark.pid, ...mark.workers].filter((pid) => pid !== process.pid && isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // One that has ended but was not waited for is listed still: `PID (NAME) Z ...`.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

function running(directory: string, pids: readonly number[]): MdctrError {
  return new MdctrError('MDCTR_STUDY_RUNNING', {
    what: 'A study runs in this folder.',
    at: { file: directory },
    found: `process${pids.length > 1 ? 'es' : ''} ${pids.join(', ')}`,
    hint: `Wait for it, end it, or name another folder with --out. If that is another program, delete ${join(directory, MARK)}.`,
  });
}
