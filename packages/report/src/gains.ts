import { holm, pairedTTest } from '@mdctr/statistics';
import type { Gain, TrialMetrics, TrialResult, Verdict } from './results.js';
import { statOf } from './stat.js';

/** The chance of any wrong verdict among the comparisons of a table in one metric. */
export const ALPHA = 0.05;

/** Fewer seeds get no verdict: two differences agree too easily for a test that takes them for normal. */
export const SEEDS_FOR_A_VERDICT = 3;

/** A spread of differences that is rounding alone. */
const ROUNDING = 1e-12;

/** The trials of a line of the table, and those of the baseline on the same backbone (none, for the baseline itself). */
export interface Comparison {
  readonly own: readonly TrialResult[];
  readonly baseline: readonly TrialResult[];
}

/** Gains of all lines of a table in one metric, corrected for one another; null where no seed can be paired. */
export function gainsOf(comparisons: readonly Comparison[], metric: keyof TrialMetrics): (Gain | null)[] {
  const differences = comparisons.map((comparison) => differencesOf(comparison, metric));
  const tests = differences.map(testOf);
  const tested = tests.flatMap((test) => test ?? []);
  const corrected = holm(tested.map(({ p }) => p));
  return differences.map((gains, line): Gain | null => {
    const stat = statOf(gains);
    if (!stat) return null;
    const test = tests[line];
    const pHolm = test ? corrected[tested.indexOf(test)]! : null;
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

/** One a seed that both have, above 0 where the method is better. */
function differencesOf({ own, baseline }: Comparison, metric: keyof TrialMetrics): number[] {
  const sign = metric === 'logLoss' ? -1 : 1;
  return own.flatMap(({ seed, metrics }) => {
    const value = metrics[metric] ?? null;
    const base = baseline.find((trial) => trial.seed === seed)?.metrics[metric] ?? null;
    return value === null || base === null ? [] : [sign * (value - base)];
  });
}

/**
 * null for one seed; and for a gain that is the same with every seed, to the last digits: where the seed changes nothing,
 * several are no more than one.
 */
function testOf(differences: readonly number[]): ReturnType<typeof pairedTTest> | null {
  if (differences.length < 2) return null;
  const test = pairedTTest(differences, 1 - ALPHA);
  return test.std <= ROUNDING && test.mean !== 0 ? null : test;
}

function verdictOf({ mean, n }: { mean: number; n: number }, pHolm: number | null): Verdict {
  if (pHolm === null || n < SEEDS_FOR_A_VERDICT) return 'too few seeds';
  if (pHolm > ALPHA) return 'no difference shown';
  return mean > 0 ? 'better' : 'worse';
}
