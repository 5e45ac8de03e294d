import { getOrThrow } from '@mdctr/base';
import { holm, pairedTTest } from '@mdctr/statistics';
import { signOf, type Metric } from '@mdctr/metrics';
import type { Gain, Verdict } from '../results/gain.js';
import type { TrialResult } from '../results/trial.js';
import { sameRun } from './runs.js';
import { statOf } from './stat.js';

/** The chance of any wrong verdict among the comparisons of a table in one metric. */
export const ALPHA = 0.05;

/** Fewer seeds get no verdict: two differences agree too easily for a test that takes them for normal. */
export const SEEDS_FOR_A_VERDICT = 3;

/** A difference that is rounding alone. */
export const ROUNDING = 1e-12;

/**
 * The trials of a line of the table, and those of the baseline on the same backbone (none, for the baseline itself).
 */
export interface BaselineComparison {
  readonly trials: readonly TrialResult[];
  readonly baseline: readonly TrialResult[];
}

/** Differences of all lines of a table in one metric, above 0 where a line is better. */
export function metricDifferences(comparisons: readonly BaselineComparison[], metric: Metric): number[][] {
  const sign = signOf(metric);
  const value = ({ metrics }: TrialResult): number | null => metrics[metric.name] ?? null;
  return comparisons.map((one) => differencesOf(one, value).map((gain) => sign * gain));
}

/** Gains by paired differences, a list for each comparison, corrected for one another; null for an empty one. */
export function gainsOfDifferences(differences: readonly (readonly number[])[]): (Gain | null)[] {
  const tests = differences.map(testOf);
  const tested = tests.flatMap((test) => test ?? []);
  const corrected = holm(tested.map(({ p }) => p));
  const places = new Map(tested.map((test, place) => [test, place]));
  return differences.map((gains, line): Gain | null => {
    const stat = statOf(gains);
    if (!stat) return null;
    const test = tests[line];
    const pHolm = test ? corrected[getOrThrow(places, test)]! : null;
    return {
      ...stat,
      wins: gains.filter((gain) => gain > 0).length,
      interval: test?.interval ?? null,
      p: test?.p ?? null,
      pHolm,
      comparisons: tested.length,
      verdict: verdictOf(stat, pHolm),
    };
  });
}

/** Own minus baseline, one a seed, or pair of seed and fold, that has the value on both sides. */
export function differencesOf(
  comparison: BaselineComparison,
  valueOf: (trial: TrialResult) => number | null,
): number[] {
  return pairedValues(comparison, valueOf).map(([value, base]) => value - base);
}

/** Own value and the baseline's, a pair for each seed that has both. */
export function pairedValues(
  { trials, baseline }: BaselineComparison,
  valueOf: (trial: TrialResult) => number | null,
): [number, number][] {
  return trials.flatMap((trial): [number, number][] => {
    const pair = baseline.find((other) => sameRun(other, trial));
    const [value, base] = [valueOf(trial), pair ? valueOf(pair) : null];
    return value === null || base === null ? [] : [[value, base]];
  });
}

/**
 * null for one seed; and for a gain that is the same with every seed, to the last digits: where the seed changes
 * nothing, several are no more than one.
 */
function testOf(differences: readonly number[]): ReturnType<typeof pairedTTest> | null {
  if (differences.length < 2) return null;
  const test = pairedTTest(differences, 1 - ALPHA);
  return test.std <= ROUNDING && test.mean !== 0 ? null : test;
}

/** What a corrected p value comes to. */
export function verdictOf({ mean, n }: { mean: number; n: number }, pHolm: number | null): Verdict {
  if (pHolm === null || n < SEEDS_FOR_A_VERDICT) return 'too few seeds';
  if (pHolm > ALPHA) return 'no difference shown';
  return mean > 0 ? 'better' : 'worse';
}

/** The same of a test over rows alone: they are a sample too, so that one seed, or one predictor, is enough. */
export const verdictOverRows = (mean: number, pHolm: number): Verdict =>
  pHolm > ALPHA ? 'no difference shown' : mean > 0 ? 'better' : 'worse';
