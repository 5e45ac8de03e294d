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
