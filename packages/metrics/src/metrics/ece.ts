import { defineMetric } from '../metric.js';

/** Bins of equal width over [0, 1]. */
const BINS = 20;

/**
 * Expected calibration error: the rows in bins of equal width by score; in each the distance between mean score and
 * share of clicks, weighted by the bin's rows. 0 is calibrated. NaN for no rows. Source: Guo et al., ICML 2017, arXiv
 * 1706.04599, eq. 3, there with confidences.
 */
export const ece = defineMetric({
  name: 'ece',
  label: 'ECE',
  description: `Expected calibration error over ${BINS} bins of equal width.`,
  better: 'lower',
  decimals: 4,
  shownIn: [],
  byDomain: true,
  compute: ({ scores, labels }) => {
    const surplus = new Float64Array(BINS); // sum of score - label
    for (let i = 0; i < scores.length; i++) {
      const bin = Math.min(BINS - 1, Math.floor(scores[i]! * BINS));
      surplus[bin]! += scores[i]! - labels[i]!;
    }
    return surplus.reduce((sum, value) => sum + Math.abs(value), 0) / scores.length;
  },
});
