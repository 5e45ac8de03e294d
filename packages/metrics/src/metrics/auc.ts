import { defineMetric, EVERYWHERE } from '../metric.js';
import { rocAucOf } from '../ranking/roc-auc.js';

/** Area under the ROC curve. */
export const auc = defineMetric({
  name: 'auc',
  label: 'AUC',
  description:
    'Area under the ROC curve: the probability that a random click scores above a random other row, ties counting one half; ' +
    'undefined for rows of one class.',
  better: 'higher',
  decimals: 4,
  shownIn: EVERYWHERE,
  byDomain: true,
  compute: ({ ranking }) => rocAucOf(ranking) ?? null,
});
