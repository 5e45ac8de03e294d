import { MdctrError, lastOf } from '@mdctr/base';
import type { FailureReason } from '../trial/trial-failure.js';
import { WorkerEnded } from './worker-process.js';

/** The reason that is recorded for a trial whose process ended in its middle. */
export function crashOf(ended: WorkerEnded): FailureReason {
  return { code: 'MDCTR_TRIAL_CRASHED', reason: crash(ended), stack: ended.output };
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
      hint: 'Look at memory and at the packages that the study names; npx mdctr doctor shows how TensorFlow runs here.',
      cause: error,
    });
  }
}

function crash({ exit, signal, output }: WorkerEnded): string {
  const last = lastOf(output.trimEnd().split('\n')).trim().slice(0, 200);
  const said = last === '' ? '' : ` It wrote last: ${last}`;
  if (signal === 'SIGKILL') return `Its process was killed (SIGKILL), as the system does when memory runs out.${said}`;
  return `Its process ended in the middle (${signal ?? `exit code ${exit}`}).${said}`;
}
