import { defineMetric, EVERYWHERE, type EvaluatedRows } from '../metric.js';
import { domainAucs } from '../domain-aucs.js';

/**
 * AUC inside each domain, averaged by the domain's rows; domains of one class are left out. It does not credit a model
 * for knowing which domains have more clicks.
 */
export const domainAuc = defineMetric({
  name: 'domainAuc',
  label: 'domain AUC',
  description: 'Mean of the AUC inside each domain, weighted by their rows; domains of one class are left out.',
  better: 'higher',
  decimals: 4,
  shownIn: EVERYWHERE,
  byDomain: false,
  compute: weightedMean,
});

function weightedMean(rows: EvaluatedRows): number | null {
  const defined = domainAucs(rows);
  const total = defined.reduce((sum, one) => sum + one.rows, 0);
  return total === 0 ? null : defined.reduce((sum, one) => sum + one.rows * one.auc, 0) / total;
}
