import { formatCount } from '@mdctr/report';
import type { ModelEstimate, StudyPlan, TrialOutcome } from '@mdctr/study';
import { hasFailed } from '@mdctr/study';
import { duration } from '../progress.js';

/** What a study is about to do. */
export interface PlanFacts {
  readonly trials: number;
  readonly finished: number;
  readonly failed: number;
  /** Trials that were broken off after a checkpoint. */
  readonly toResume: number;
  readonly toRun: number;
  /** Tuning trials that come before, if none fails. */
  readonly tuning: number;
  readonly parallel: number;
  /** Threads of each trial. */
  readonly threads: number;
  /** Of this run, at most; null where nothing is known. */
  readonly secondsEstimated: number | null;
  readonly models: readonly {
    readonly setting?: string;
    readonly backbone: string;
    readonly method: string;
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
  return plan.models.map((_, model) => {
    const done = plan.trials.flatMap(({ index, model: own }) => {
      const outcome = own === model ? outcomes.get(index) : undefined;
      return !outcome || hasFailed(outcome) ? [] : [outcome.lines[0]];
    });
    if (done.length === 0) return estimates.get(model);
    const seconds = done.reduce((sum, line) => sum + line.seconds, 0) / done.length;
    return { parameters: done[0]!.parameters, seconds };
  });
}

/** The plan for a terminal. */
export function planText(plan: StudyPlan, facts: PlanFacts): string {
  const { trials, finished, failed, toResume, toRun, parallel, threads, secondsEstimated, models, tuning } = facts;
  const seeds = plan.trials.filter(({ model }) => model === 0).length;
  const settings = models.some(({ setting }) => setting !== undefined);
  const rows = models.map(({ setting = '', backbone, method, parameters, secondsEstimated: seconds }) => [
    ...(settings ? [setting] : []),
    backbone,
    method,
    parameters === null ? '?' : formatCount(parameters),
    seconds === null ? '?' : duration(seconds),
  ]);
  const table = [[...(settings ? ['setting'] : []), 'backbone', 'method', 'parameters', 'a trial'], ...rows];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((cells) => cells[i]!.length)));
  const lines = table.map((cells) =>
    cells
      .map((cell, i) => (i < cells.length - 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  const before = [
    ...(finished > 0 ? [`${finished} finished before`] : []),
    ...(failed > 0 ? [`${failed} failed before (--retry-failed runs them again)`] : []),
    ...(toResume > 0 ? [`${toResume} to go on from a checkpoint`] : []),
  ];
  const side = parallel > 1 ? `, ${parallel} at a time with ${threads} thread${threads > 1 ? 's' : ''} each` : '';
  const time = secondsEstimated === null ? '' : `, about ${duration(secondsEstimated)} if none stops early`;
  return [
    ...lines,
    `Plan: ${trials} trials (${models.length} models, ${seeds} seed${seeds > 1 ? 's' : ''})${before.map((part) => `, ${part}`).join('')}.`,
    toRun + tuning === 0
      ? 'Nothing is left to run.'
      : `To run: ${tuning > 0 ? `${tuning} of tuning, then ` : ''}${toRun}${side}${time}.`,
  ].join('\n');
}
