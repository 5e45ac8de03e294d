import { firstOf, getOrThrow, itemAt, median } from '@mdctr/base';
import { cellsOf, comparisonsOf, sameRun, type ScoredLine, type TrialResult } from '@mdctr/report';
import { pairScores } from './pair-scores.js';
import type { ScoredLines } from './scored-lines.js';

/**
 * What analyses of the scores take: for each line of the table its scores, and beside them the baseline's on the same backbone
 * in the same setting, seed by seed.
 * @param baseline label of the method without plugins.
 * @param labels of the rows evaluated, by place of the setting and fold.
 */
export function scoredComparisons(
  { lines, scoresOf }: ScoredLines,
  baseline: string | null,
  labels: readonly Float32Array[],
): ScoredLine[] {
  const read = (line: TrialResult): Float32Array => scoresOf(getOrThrow(lines, line), line.variant);
  const cells = cellsOf([...lines.keys()]);
  return comparisonsOf(cells, baseline).map(({ trials: cellTrials, baseline: others }, i): ScoredLine => {
    const placeOf = (line: TrialResult): number => getOrThrow(lines, line).setting;
    const first = firstOf(cellTrials);
    const paired = pairScores(cellTrials, {
      otherOf: (line) => others.find((other) => sameRun(other, line)),
      placeOf,
      scoresOf: read,
      scoresOfOther: read,
      labels,
    });
    // The models of two folds were never to predict the same rows.
    const onSameRows = cellTrials.some((line) => placeOf(line) !== placeOf(first)) ? [] : cellTrials;
    return {
      ...itemAt(cells, i).key,
      ...(paired ?? { labels: itemAt(labels, placeOf(first)), seeds: 0, pairs: () => [] }),
      models: onSameRows.length,
      *scores() {
        for (const line of onSameRows) yield read(line);
      },
      parameters: first.parameters,
      inferenceUs: median(cellTrials.map(({ inferenceUs }) => inferenceUs)),
    };
  });
}
