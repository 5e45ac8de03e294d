import type { Ranking } from './ranking.js';

/** Bins of the expected calibration error, of equal width over [0, 1]. */
const BINS = 20;

/**
 * Expected calibration error: the rows in bins of equal width by score; in each the distance between mean score and share
 * of positives, weighted by the bin's rows. 0 is calibrated. NaN for no rows.
 * Source: Guo et al., ICML 2017, arXiv 1706.04599, eq. 3, there with confidences.
 */
export function expectedCalibrationError(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const surplus = new Float64Array(BINS); // sum of score - label
  for (let i = 0; i < scores.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor(scores[i]! * BINS));
    surplus[bin]! += scores[i]! - labels[i]!;
  }
  return surplus.reduce((sum, value) => sum + Math.abs(value), 0) / scores.length;
}

/**
 * Normalised entropy: log loss relative to that of always predicting the rows' own share of positives. 1 is no better
 * than that constant. Undefined where all labels are equal. Source: He et al., ADKDD 2014, section 2.
 */
export function normalizedEntropy(logLoss: number, positives: number, rows: number): number | undefined {
  if (positives === 0 || positives === rows) return undefined;
  const rate = positives / rows;
  return logLoss / -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
}

/** Rows whose scores lie next to each other. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean score. */
  readonly predicted: number;
  /** Share of positives. */
  readonly observed: number;
}

/**
 * What a reliability diagram shows: the rows by ascending score, in `count` bins of about equally many rows. Rows of one score
 * stay in one bin, so there may be fewer. Equal rows rather than equal width, because click probabilities crowd at the
 * low end: of bins of equal width most would be empty.
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
