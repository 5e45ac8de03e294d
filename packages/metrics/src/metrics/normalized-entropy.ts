import { defineMetric, type EvaluatedRows } from '../metric.js';
import { logLoss } from './log-loss.js';

/**
 * Log loss relative to that of always predicting the rows' own share of clicks. 1 is no better than that constant.
 * Undefined where all labels are equal. Source: He et al., ADKDD 2014, section 2.
 */
export const normalizedEntropy = defineMetric({
  name: 'normalizedEntropy',
  label: 'normalized entropy',
  description:
    'Log loss by that of always predicting the share of clicks; 1 is no better than that. Undefined for rows of one class.',
  better: 'lower',
  decimals: 4,
  shownIn: [],
  byDomain: true,
  compute: relativeLoss,
});

function relativeLoss(rows: EvaluatedRows): number | null {
  const positives = rows.ranking.positives.length;
  const count = rows.scores.length;
  if (positives === 0 || positives === count) return null;
  const rate = positives / count;
  return rows.value(logLoss)! / -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
}
