import { firstOf, itemAt } from '@mdctr/base';
import { hasBothClasses, type ScoredComparison, type TrialResult } from '@mdctr/report';

/** How a line's scores, and those of what it is compared with, are found. */
export interface ScoreSource<Other> {
  /** What a line is paired with; undefined where there is nothing. */
  readonly otherOf: (line: TrialResult) => Other | undefined;
  /** Place of a line's setting and fold. */
  readonly placeOf: (line: TrialResult) => number;
  readonly scoresOf: (line: TrialResult) => Float32Array;
  readonly scoresOfOther: (other: Other) => Float32Array;
  /** Labels of the rows evaluated, by place of the setting and fold. */
  readonly labels: readonly Float32Array[];
}

/**
 * The scores of a line of the table and of what it is compared with, a pair for each seed. With rolling splits the scores of a seed are
 * those of all folds, one after the other; seeds that lack one are left out.
 * @returns undefined where nothing can be paired, or where a fold has fewer than two rows of a class.
 */
export function pairScores<Other>(
  cell: readonly TrialResult[],
  { otherOf, placeOf, scoresOf, scoresOfOther, labels }: ScoreSource<Other>,
): Pick<ScoredComparison, 'labels' | 'folds' | 'seeds' | 'pairs'> | undefined {
  const found = cell.flatMap((line) => {
    const other = otherOf(line);
    return other === undefined ? [] : [{ line, other, place: placeOf(line) }];
  });
  const places = [...new Set(found.map(({ place }) => place))].sort((a, b) => a - b);
  if (places.length === 0) return undefined;
  const bySeed = [...new Set(found.map(({ line }) => line.seed))].map((seed) =>
    found.filter(({ line }) => line.seed === seed).sort((a, b) => a.place - b.place),
  );
  const whole = bySeed.filter((runs) => runs.length === places.length);
  const parts = places.map((place) => itemAt(labels, place));
  const rolling = places.length > 1;
  if (whole.length === 0 || (rolling && !parts.every(hasBothClasses))) return undefined;
  return {
    labels: joined(parts),
    ...(rolling && { folds: parts.map(({ length }) => length) }),
    seeds: whole.length,
    *pairs() {
      for (const runs of whole) {
        yield [
          joined(runs.map(({ line }) => scoresOf(line))),
          joined(runs.map(({ other }) => scoresOfOther(other))),
        ] as const;
      }
    },
  };
}

/** One list without a copy. */
function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return firstOf(parts);
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const part of parts) {
    all.set(part, next);
    next += part.length;
  }
  return all;
}
