import { memoryOf } from './memory-of.js';
import type { WorkerProcess } from './worker-process.js';

/** How often memory is looked at. */
const LOOK_MS = 250;

/** The longest time that a timer can wait for. */
const LONGEST_MS = 2 ** 31 - 1;

/** What a trial may take; 0 for no limit. */
export interface Limits {
  readonly minutes: number;
  readonly memoryGiB: number;
}

/** The limit that a trial ran into. */
export interface Excess {
  readonly code: 'MDCTR_TRIAL_TIME' | 'MDCTR_TRIAL_MEMORY';
  readonly reason: string;
}

/** Ends a process that takes more than it may; `stop` ends the watch and gives the limit that was met. */
export function watchLimits(worker: WorkerProcess, { minutes, memoryGiB }: Limits): { stop(): Excess | undefined } {
  let excess: Excess | undefined;
  const end = (found: Excess): void => {
    excess ??= found;
    worker.kill();
  };
  const clock =
    minutes > 0 &&
    setTimeout(
      () => {
        end({ code: 'MDCTR_TRIAL_TIME', reason: `It took longer than the limit of ${minutes} minutes.` });
      },
      Math.min(minutes * 60_000, LONGEST_MS),
    );
  const look =
    memoryGiB > 0 &&
    setInterval(() => {
      void memoryOf(worker.pid).then((bytes) => {
        if (bytes <= memoryGiB * 2 ** 30) return;
        end({
          code: 'MDCTR_TRIAL_MEMORY',
          reason: `Its process had more memory than the limit of ${memoryGiB} GiB.`,
        });
      });
    }, LOOK_MS);
  return {
    stop() {
      if (clock) clearTimeout(clock);
      if (look) clearInterval(look);
      return excess;
    },
  };
}
