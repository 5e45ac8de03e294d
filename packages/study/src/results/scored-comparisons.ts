import { firstOf, getOrThrow, itemAt, median } from '@mdctr/base';
import { cellsOf, comparisonsOf, type ScoredLine, type TrialResult } from '@mdctr/report';
import type { ScoredLines } from './scored-lines.js';

/**
 * What analyses of the scores take: for each line of the table its scores, and beside them the baseline's on the same backbone
 * in the same setting, seed by seed.
 * @param baseline label of the method without plugins.
 * @param labels of the rows evaluated, by place of the setting.
 */
export function scoredComparisons(
  { lines, scoresOf }: ScoredLines,
  baseline: string | null,
  labels: readonly Float32Array[],
): ScoredLine[] {
  const read = (line: TrialResult): Float32Array => scoresOf(getOrThrow(lines, line), line.variant);
  const cells = cellsOf([...lines.keys()]);
  return comparisonsOf(cells, baseline).map(({ trials: cellTrials, baseline: others }, i): ScoredLine => {
    const pairs = cellTrials.flatMap((line) => {
      const other = others.find(({ seed }) => seed === line.seed);
      return other ? [[line, other] as const] : [];
    });
    const first = firstOf(cellTrials);
    return {
      ...itemAt(cells, i).key,
      ...{ labels: itemAt(labels, getOrThrow(lines, first).setting), seeds: pairs.length },
      *pairs() {
        for (const [line, other] of pairs) yield [read(line), read(other)] as const;
      },
      ownSeeds: cellTrials.length,
      *own() {
        for (const line of cellTrials) yield read(line);
      },
      parameters: first.parameters,
      inferenceUs: median(cellTrials.map(({ inferenceUs }) => inferenceUs)),
    };
  });
}
