import { firstOf } from '@mdctr/base';
import type { StudyPlan } from '../plan/types.js';
import type { ModelEstimate } from '../trial/estimate.js';
import { hasFailed, type TrialOutcome } from '../trial/outcome.js';

/** What a study is about to do. */
export interface PlanFacts {
  readonly trials: number;
  readonly finished: number;
  readonly failed: number;
  /** Trials that were broken off after a checkpoint. */
  readonly toResume: number;
  readonly toRun: number;
  /** Baselines that are fitted before all trials; no time is estimated for them. */
  readonly baselines: number;
  /** Tuning trials that come before, if none fails. */
  readonly tuning: number;
  readonly parallel: number;
  /** Threads of each trial; null where TensorFlow chooses. */
  readonly threads: number | null;
  /** Of this run, at most; null where nothing is known. */
  readonly secondsEstimated: number | null;
  readonly models: readonly {
    readonly setting?: string;
    readonly backbone: string;
    readonly method: string;
    /** Of rolling splits: each has a model of its own. */
    readonly fold?: number;
    /** null where the model could not be tried. */
    readonly parameters: number | null;
    /** Of one trial. */
    readonly secondsEstimated: number | null;
  }[];
}

/** What is known of each model: of its finished trials if there are any, else what was estimated. */
export function knownModels(
  plan: StudyPlan,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  estimates: ReadonlyMap<number, ModelEstimate>,
): (ModelEstimate | undefined)[] {
  return plan.models.map((_, place) => {
    const done = plan.trials.flatMap(({ index, model }) => {
      const outcome = model === place ? outcomes.get(index) : undefined;
      return !outcome || hasFailed(outcome) ? [] : [outcome.lines[0]];
    });
    if (done.length === 0) return estimates.get(place);
    const seconds = done.reduce((sum, line) => sum + line.seconds, 0) / done.length;
    return { parameters: firstOf(done).parameters, seconds };
  });
}
