import type { Ranking } from './ranking/ranking.js';

/** Rows whose scores lie next to each other. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean score. */
  readonly predicted: number;
  /** Share of positives. */
  readonly observed: number;
}

/**
 * What a reliability diagram shows: the rows by ascending score, in `count` bins of about equally many rows. Rows of
 * one score stay in one bin, so there may be fewer. Equal rows rather than equal width, because click probabilities
 * crowd at the low end: of bins of equal width most would be empty.
 */
export function calibrationBins({ positives, negatives }: Ranking, count = 15): CalibrationBin[] {
  const total = positives.length + negatives.length;
  const bins: CalibrationBin[] = [];
  let [p, n, firstPositive, firstNegative, sum] = [0, 0, 0, 0, 0];
  while (p + n < total) {
    const score = Math.min(positives[p] ?? Infinity, negatives[n] ?? Infinity);
    if (Number.isNaN(score) || score === Infinity) return []; // not probabilities
    while (positives[p] === score) [p, sum] = [p + 1, sum + score];
    while (negatives[n] === score) [n, sum] = [n + 1, sum + score];
    if (p + n < ((bins.length + 1) * total) / count) continue;
    const rows = p + n - firstPositive - firstNegative;
    bins.push({ rows, predicted: sum / rows, observed: (p - firstPositive) / rows });
    [firstPositive, firstNegative, sum] = [p, n, 0];
  }
  return bins;
}
