import { firstOf, getOrThrow, itemAt } from '@mdctr/base';
import { findMetric } from '@mdctr/metrics';
import {
  cellsOf,
  testAgainstBaseline,
  type BaselineResult,
  type BaselinesResult,
  type BestBaseline,
  type ScoredAgainstBaseline,
} from '@mdctr/report';
import type { BaselineTrial } from '../plan/types.js';
import { type BaselineOutcome, hasFailed } from '../trial/outcome.js';
import type { ScoredLines } from './scored-lines.js';

/** A baseline that was fitted, and the trial that it came of. */
interface Fitted {
  readonly trial: BaselineTrial;
  readonly result: BaselineResult;
}

/**
 * Tests each network against the baseline of its setting that is best on the validation rows: test rows choose nothing. Seeds are paired;
 * a baseline that was fitted once stands against each of them. Nothing where no baseline was fitted.
 * @param labels of the rows evaluated, by place of the setting.
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
    const { setting } = getOrThrow(lines, firstOf(cell));
    const baseline = best.get(setting);
    if (!baseline) return [];
    const pairs = cell.flatMap((line) => {
      const other = baseline.length === 1 ? baseline[0] : baseline.find(({ trial }) => trial.seed === line.seed);
      return other ? [[line, other] as const] : [];
    });
    if (pairs.length === 0) return [];
    return [
      {
        ...{ ...key, baseline: firstOf(baseline).result.method, labels: itemAt(labels, setting), seeds: pairs.length },
        *pairs() {
          for (const [line, other] of pairs) {
            yield [scoresOf(getOrThrow(lines, line), line.variant), scoresOf(other.trial, undefined)] as const;
          }
        },
      },
    ];
  });
  return { best: [...best.values()].map(bestOf), gains: testAgainstBaseline(comparisons) };
}

/** The fits of the best baseline of each setting, by mean over seeds; the first of the config where no validation rows can tell. */
function bestBySetting(fitted: readonly Fitted[]): Map<number, Fitted[]> {
  const settings = new Map<number, Map<string, Fitted[]>>();
  for (const one of fitted) {
    const { setting, cell } = one.trial;
    const baselines = settings.get(setting) ?? new Map<string, Fitted[]>();
    settings.set(setting, baselines.set(cell.method, [...(baselines.get(cell.method) ?? []), one]));
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
