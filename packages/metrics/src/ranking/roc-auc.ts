import { rank, type Ranking } from './ranking.js';

/**
 * Area under the ROC curve: the probability that a random positive row scores above a random negative one, ties
 * counting one half. Exact. Undefined where all labels are equal.
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | undefined {
  return rocAucOf(rank(scores, labels));
}

/** The same from sorted scores, in one walk over both classes. */
export function rocAucOf({ positives, negatives }: Ranking): number | undefined {
  if (positives.length === 0 || negatives.length === 0) return undefined;
  let below = 0; // negatives below the present positive
  let notAbove = 0; // negatives below or equal
  let sum = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below++;
    if (notAbove < below) notAbove = below;
    while (notAbove < negatives.length && negatives[notAbove]! === score) notAbove++;
    sum += (below + notAbove) / 2;
  }
  return sum / (positives.length * negatives.length);
}
