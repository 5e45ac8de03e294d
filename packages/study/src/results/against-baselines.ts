import { firstOf, getOrThrow } from '@mdctr/base';
import { findMetric } from '@mdctr/metrics';
import {
  cellsOf,
  testAgainstBaseline,
  type BaselineResult,
  type BaselinesResult,
  type BestBaseline,
  type ScoredAgainstBaseline,
  type TrialResult,
} from '@mdctr/report';
import type { BaselineTrial } from '../plan/types.js';
import { type BaselineOutcome, hasFailed } from '../trial/outcome.js';
import { pairScores } from './pair-scores.js';
import type { ScoredLines } from './scored-lines.js';

/** A baseline that was fitted, and the trial that it came of. */
interface Fitted {
  readonly trial: BaselineTrial;
  readonly result: BaselineResult;
}

/**
 * Tests each network against the baseline of its setting that is best on the validation rows: test rows choose nothing. Seeds are paired;
 * a baseline that was fitted once stands against each of them. Nothing where no baseline was fitted.
 * @param labels of the rows evaluated, by place of the setting and fold.
 */
export function againstBaselines(
  { lines, scoresOf }: ScoredLines,
  trials: readonly BaselineTrial[],
  outcomes: ReadonlyMap<number, BaselineOutcome>,
  labels: readonly Float32Array[],
): Pick<BaselinesResult, 'best' | 'gains'> {
  const fitted = trials.flatMap((trial): Fitted[] => {
    const outcome = outcomes.get(trial.index);
    return outcome && !hasFailed(outcome) ? [{ trial, result: outcome.result }] : [];
  });
  if (fitted.length === 0) return {};
  const best = bestBySetting(fitted);
  const comparisons = cellsOf([...lines.keys()]).flatMap(({ key, trials: cell }): ScoredAgainstBaseline[] => {
    const baseline = best.get(key.setting);
    if (!baseline) return [];
    const paired = pairScores(cell, {
      otherOf: (line) => fitFor(line, baseline),
      placeOf: (line) => getOrThrow(lines, line).setting,
      scoresOf: (line) => scoresOf(getOrThrow(lines, line), line.variant),
      scoresOfOther: ({ trial }) => scoresOf(trial, undefined),
      labels,
    });
    return paired ? [{ ...key, baseline: firstOf(baseline).result.method, ...paired }] : [];
  });
  return { best: [...best.values()].map(bestOf), gains: testAgainstBaseline(comparisons) };
}

/** The fit on a network's fold: with its seed, or the only one. */
function fitFor({ seed, fold }: TrialResult, baseline: readonly Fitted[]): Fitted | undefined {
  const onFold = baseline.filter(({ trial }) => trial.cell.fold === fold);
  return onFold.length === 1 ? onFold[0] : onFold.find(({ trial }) => trial.seed === seed);
}

/** The fits of each setting's best baseline, by mean over seeds and folds; the first of the config where no validation rows can tell. */
function bestBySetting(fitted: readonly Fitted[]): Map<string | undefined, Fitted[]> {
  const settings = new Map<string | undefined, Map<string, Fitted[]>>();
  for (const one of fitted) {
    const { cell } = one.trial;
    const baselines = settings.get(cell.setting) ?? new Map<string, Fitted[]>();
    settings.set(cell.setting, baselines.set(cell.method, [...(baselines.get(cell.method) ?? []), one]));
  }
  const meanOf = (fits: readonly Fitted[]): number =>
    fits.reduce((sum, { result }) => sum + (result.validation ?? -Infinity) / fits.length, 0);
  return new Map(
    [...settings].map(([setting, baselines]) => {
      const all = [...baselines.values()];
      return [setting, all.reduce((best, fits) => (meanOf(fits) > meanOf(best) ? fits : best))];
    }),
  );
}

function bestOf(fits: readonly Fitted[]): BestBaseline {
  const { cell, selectBy } = firstOf(fits).trial;
  const chosenBy = findMetric(selectBy)?.label ?? selectBy;
  return { ...(cell.setting !== undefined && { setting: cell.setting }), label: cell.method, chosenBy };
}
