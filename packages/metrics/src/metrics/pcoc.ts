import { defineMetric } from '../metric.js';

/** Predicted clicks over observed clicks: 1 is calibrated, above 1 promises too much. Undefined without clicks. */
export const pcoc = defineMetric({
  name: 'pcoc',
  label: 'PCOC',
  description:
    'Sum of predicted probabilities by number of clicks; 1 is calibrated, above it promises too much. Undefined without clicks.',
  better: null,
  decimals: 4,
  shownIn: [],
  byDomain: true,
  compute: ({ scores, ranking }) => {
    const positives = ranking.positives.length;
    let promised = 0;
    for (let i = 0; i < scores.length; i++) promised += scores[i]!;
    return positives === 0 ? null : promised / positives;
  },
});
