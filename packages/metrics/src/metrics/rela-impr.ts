import type { ComparisonMetric } from '../metric.js';
import { auc } from './auc.js';

/**
 * Relative improvement of the AUC over that of guessing:
 *
 *     RelaImpr = (AUC - 0.5) / (AUC_baseline - 0.5) - 1.
 *
 * 0 is no improvement, 0.1 one tenth; papers give it in percent. null where the baseline's AUC is not above 0.5: the
 * quotient says nothing there. Source: Yan et al., ICML 2014 (Coupled Group Lasso); used by Zhou et al., KDD 2018
 * (DIN), arXiv 1706.06978.
 */
export const relaImpr: ComparisonMetric<'relaImpr'> = {
  name: 'relaImpr',
  label: 'RelaImpr',
  description:
    'Relative improvement over the baseline, (AUC - 0.5) / (AUC of the baseline - 0.5) - 1; undefined where the baseline’s AUC is not above 0.5.',
  of: auc.name,
  better: 'higher',
  decimals: 4,
  shownIn: ['html'],
  compare: (value, baseline) => (baseline > 0.5 ? (value - 0.5) / (baseline - 0.5) - 1 : null),
};
