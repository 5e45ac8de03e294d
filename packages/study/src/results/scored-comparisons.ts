import { getOrThrow, itemAt } from '@mdctr/base';
import { cellsOf, comparisonsOf, sameRun, type ScoredComparison, type TrialResult } from '@mdctr/report';
import { pairScores } from './pair-scores.js';
import type { ScoredLines } from './scored-lines.js';

/**
 * What a test over seeds and rows takes: for each line of the table but the baseline's, its scores and the baseline's on the
 * same backbone in the same setting, seed by seed.
 * @param baseline label of the method without plugins.
 * @param labels of the rows evaluated, by place of the setting and fold.
 */
export function scoredComparisons(
  { lines, scoresOf }: ScoredLines,
  baseline: string | null,
  labels: readonly Float32Array[],
): ScoredComparison[] {
  const read = (line: TrialResult): Float32Array => scoresOf(getOrThrow(lines, line), line.variant);
  const cells = cellsOf([...lines.keys()]);
  return comparisonsOf(cells, baseline).flatMap(({ trials, baseline: others }, i): ScoredComparison[] => {
    const paired = pairScores(trials, {
      otherOf: (line) => others.find((other) => sameRun(other, line)),
      placeOf: (line) => getOrThrow(lines, line).setting,
      scoresOf: read,
      scoresOfOther: read,
      labels,
    });
    return paired ? [{ ...itemAt(cells, i).key, ...paired }] : [];
  });
}
