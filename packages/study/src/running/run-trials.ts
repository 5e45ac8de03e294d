import type { TrialOutcome } from './outcome.js';
import type { PlannedTrial } from './plan.js';

/** Runs trials one after the other; several of them make a study run side by side. */
export interface TrialRunner {
  /** A rejection ends the whole study: what is wrong is not the trial's. */
  run(trial: PlannedTrial): Promise<TrialOutcome>;
}

/**
 * Shares trials out among runners, in the order of the plan; the next of a runner waits for `onOutcome`. After a rejection
 * no other trial is begun, and it is thrown when those that run have ended.
 */
export async function runTrials(
  trials: readonly PlannedTrial[],
  runners: readonly TrialRunner[],
  onOutcome: (trial: PlannedTrial, outcome: TrialOutcome) => void | Promise<void>,
): Promise<void> {
  const waiting = [...trials];
  const work = async (runner: TrialRunner): Promise<void> => {
    for (let trial = waiting.shift(); trial; trial = waiting.shift()) await onOutcome(trial, await runner.run(trial));
  };
  const ended = await Promise.allSettled(
    runners.map((runner) =>
      work(runner).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      }),
    ),
  );
  const broken = ended.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}
