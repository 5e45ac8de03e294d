import { sortScores } from './sort-scores.js';

/** Scores of positive and negative rows apart, each ascending: all that ranking metrics need. */
export interface Ranking {
  readonly positives: Float32Array | Float64Array;
  readonly negatives: Float32Array | Float64Array;
}

/**
 * Sorts the scores of each class; float32 scores stay float32, so that no ties appear or vanish.
 */
export function rank(scores: ArrayLike<number>, labels: ArrayLike<number>): Ranking {
  let count = 0;
  for (let i = 0; i < scores.length; i++) if (labels[i] === 1) count++;
  const Scores = scores instanceof Float32Array ? Float32Array : Float64Array;
  const positives = new Scores(count);
  const negatives = new Scores(scores.length - count);
  let p = 0;
  let n = 0;
  for (let i = 0; i < scores.length; i++) {
    if (labels[i] === 1) positives[p++] = scores[i]!;
    else negatives[n++] = scores[i]!;
  }
  return { positives: sorted(positives), negatives: sorted(negatives) };
}

const sorted = (scores: Float32Array | Float64Array): Float32Array | Float64Array =>
  scores instanceof Float32Array ? sortScores(scores) : scores.sort();
