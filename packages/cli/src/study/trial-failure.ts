import { MdctrError, MdctrErrors } from '@mdctr/core';
import { WorkerEnded } from './worker-process.js';

/** Why a trial failed. */
export interface FailureReason {
  readonly code: string | null;
  readonly reason: string;
  readonly stack?: string | undefined;
}

/** What the system says when the fault is that of a disk or a place: the next trial would fare no better. */
const OF_THE_SYSTEM = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EMFILE'];

/** The reason that is recorded for a trial; undefined for what ends the study. */
export function failureOf(error: unknown): FailureReason | undefined {
  if (error instanceof WorkerEnded) return { code: 'MDCTR_TRIAL_CRASHED', reason: crash(error), stack: error.output };
  if (error instanceof MdctrErrors || !(error instanceof Error)) return undefined;
  if (error instanceof MdctrError) {
    // Of the config as a whole: no trial would do.
    if (error.code.startsWith('MDCTR_CONFIG_')) return undefined;
    const { what, found, thrown } = error.details;
    const reason = found === undefined ? what : `${what} Found: ${found}.`;
    return { code: error.code, reason, ...(thrown && { stack: error.message }) };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && OF_THE_SYSTEM.includes(code)) return undefined;
  const [first] = error.message.replace(/^Invalid TF_Status: \d+\nMessage: /, '').split('\n');
  return { code: code ?? null, reason: `${error.name}: ${first}`, stack: error.stack };
}

/**
 * Waits for what a process does before it runs a trial.
 * @throws MdctrError MDCTR_TRIAL_CRASHED if it ends there: no trial would do.
 */
export async function beforeTrials<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof WorkerEnded)) throw error;
    throw new MdctrError('MDCTR_TRIAL_CRASHED', {
      what: 'A process for trials ended before it began one.',
      found: crash(error),
      hint: 'Look at memory and at the packages that the study names; mdctr doctor shows how TensorFlow runs here.',
      cause: error,
    });
  }
}

function crash({ exit, signal, output }: WorkerEnded): string {
  const last = output.trimEnd().split('\n').at(-1)!.trim().slice(0, 200);
  const said = last === '' ? '' : ` It wrote last: ${last}`;
  if (signal === 'SIGKILL') return `Its process was killed (SIGKILL), as the system does when memory runs out.${said}`;
  return `Its process ended in the middle (${signal ?? `exit code ${exit}`}).${said}`;
}
