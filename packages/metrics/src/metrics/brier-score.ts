import { defineMetric } from '../metric.js';

/**
 * Mean squared distance of score and label, sum_i (p_i - y_i)^2 / N: 0 is perfect, 0.25 what a constant 1/2 has.
 * Source: Brier, Monthly Weather Review 78, 1950.
 */
export const brierScore = defineMetric({
  name: 'brierScore',
  label: 'Brier score',
  description: 'Mean squared distance of score and label.',
  better: 'lower',
  decimals: 4,
  shownIn: [],
  byDomain: true,
  compute: ({ scores, labels }) => {
    let sum = 0;
    for (let i = 0; i < scores.length; i++) sum += (scores[i]! - labels[i]!) ** 2;
    return sum / scores.length;
  },
});
