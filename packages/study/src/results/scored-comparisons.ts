import { firstOf, getOrThrow, itemAt } from '@mdctr/base';
import { cellsOf, comparisonsOf, type ScoredComparison, type TrialResult } from '@mdctr/report';
import type { ScoredLines } from './scored-lines.js';

/**
 * What a test over seeds and rows takes: for each line of the table but the baseline's, its scores and the baseline's on the
 * same backbone in the same setting, seed by seed.
 * @param baseline label of the method without plugins.
 * @param labels of the rows evaluated, by place of the setting.
 */
export function scoredComparisons(
  { lines, scoresOf }: ScoredLines,
  baseline: string | null,
  labels: readonly Float32Array[],
): ScoredComparison[] {
  const read = (line: TrialResult): Float32Array => scoresOf(getOrThrow(lines, line), line.variant);
  const cells = cellsOf([...lines.keys()]);
  return comparisonsOf(cells, baseline).flatMap(({ trials: cellTrials, baseline: others }, i): ScoredComparison[] => {
    const pairs = cellTrials.flatMap((line) => {
      const other = others.find(({ seed }) => seed === line.seed);
      return other ? [[line, other] as const] : [];
    });
    if (pairs.length === 0) return [];
    return [
      {
        ...itemAt(cells, i).key,
        ...{ labels: itemAt(labels, getOrThrow(lines, firstOf(cellTrials)).setting), seeds: pairs.length },
        *pairs() {
          for (const [line, other] of pairs) yield [read(line), read(other)] as const;
        },
      },
    ];
  });
}
