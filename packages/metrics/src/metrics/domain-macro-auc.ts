import { defineMetric, type EvaluatedRows } from '../metric.js';
import { domainAucs } from '../domain-aucs.js';

/** AUC inside each domain, averaged with every domain counting alike; domains of one class are left out. */
export const domainMacroAuc = defineMetric({
  name: 'domainMacroAuc',
  label: 'domain macro AUC',
  description: 'Mean of the AUC inside each domain, each counting alike; domains of one class are left out.',
  better: 'higher',
  decimals: 4,
  shownIn: [],
  byDomain: false,
  compute: mean,
});

function mean(rows: EvaluatedRows): number | null {
  const defined = domainAucs(rows);
  return defined.length === 0 ? null : defined.reduce((sum, { auc }) => sum + auc, 0) / defined.length;
}
