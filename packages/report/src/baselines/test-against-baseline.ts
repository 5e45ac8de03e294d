import { aucDifference, holm, rowTest, seedsAndRowsTest, type Interval } from '@mdctr/statistics';
import type { ScoredComparison } from '../analyses/analysis.js';
import type { BaselineGain } from '../results/baselines.js';
import { hasBothClasses } from '../table/both-classes.js';
import { ALPHA, verdictOverRows } from '../table/gains.js';
import { scoreDifference } from '../table/score-difference.js';

/** The scores of a network, and those of the best baseline, a pair for each seed of the network. */
export interface ScoredAgainstBaseline extends ScoredComparison {
  /** Label of the baseline. */
  readonly baseline: string;
}

interface Tested {
  readonly mean: number;
  readonly interval: Interval;
  readonly p: number;
}

/**
 * Gains in AUC over the best baseline, by Holm over all networks: with several seeds by the test of Obuchowski and Rockette, seeds and
 * rows both taken as samples; with one by DeLong's, which is about other rows alone. Networks are left out where either class has fewer
 * than two rows.
 */
export function testAgainstBaseline(comparisons: readonly ScoredAgainstBaseline[]): BaselineGain[] {
  const tested = comparisons.filter(({ labels }) => hasBothClasses(labels)).map((one) => ({ one, test: testOf(one) }));
  const corrected = holm(tested.map(({ test }) => test.p));
  return tested.map(({ one, test }, i): BaselineGain => {
    const { labels: _, pairs: __, folds: ___, seeds, ...key } = one;
    const pHolm = corrected[i]!;
    return {
      ...key,
      gain: { ...test, n: seeds, pHolm, comparisons: tested.length, verdict: verdictOverRows(test.mean, pHolm) },
    };
  });
}

function testOf({ seeds, labels, folds, pairs }: ScoredAgainstBaseline): Tested {
  const differences = function* () {
    for (const [scores, baseline] of pairs()) yield scoreDifference(scores, baseline, { labels, folds });
  };
  const level = 1 - ALPHA;
  if (seeds > 1) {
    const { difference: mean, interval, p } = seedsAndRowsTest(differences(), { level });
    return { mean, interval, p };
  }
  const [only] = differences();
  const { difference: mean, interval, p } = rowTest(only!, { level });
  return { mean, interval, p };
}

/**
 * DeLong's interval of an AUC over other rows; null for fewer than two rows of a class.
 * @param scores [N] @param labels [N] 0 or 1.
 */
export function aucInterval(scores: Float32Array, labels: Float32Array): Interval | null {
  if (!hasBothClasses(labels)) return null;
  // Against scores that are all the same, whose AUC is one half on any rows.
  const { interval } = rowTest(aucDifference(scores, new Float32Array(scores.length), labels), { level: 1 - ALPHA });
  return { ...interval, low: Math.max(0, interval.low + 0.5), high: Math.min(1, interval.high + 0.5) };
}
