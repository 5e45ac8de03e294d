import { defineMetric, type EvaluatedRows } from '../metric.js';
import { pcoc } from './pcoc.js';

/**
 * How far calibration differs from domain to domain: the standard deviation of the domains' PCOC (mean predicted over
 * mean observed), weighted by their rows. With n_d the rows of domain d and m = sum_d n_d PCOC_d / sum_d n_d,
 *
 *     spread = sqrt(sum_d n_d (PCOC_d - m)^2 / sum_d n_d).
 *
 * 0 where all domains promise too much by the same factor. Domains without clicks are left out; null where all are.
 */
export const pcocSpread = defineMetric({
  name: 'pcocSpread',
  label: 'PCOC spread',
  description:
    'Standard deviation of the domains’ PCOC, weighted by their rows: how far calibration differs from domain to domain. ' +
    'Domains without clicks are left out, undefined where all are.',
  better: 'lower',
  decimals: 4,
  shownIn: [],
  byDomain: false,
  compute: deviation,
});

function deviation({ domains }: EvaluatedRows): number | null {
  const defined = domains.flatMap((domain) => {
    const value = domain.value(pcoc);
    return value === null ? [] : [{ rows: domain.scores.length, value }];
  });
  const total = defined.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0) return null;
  const mean = defined.reduce((sum, { rows, value }) => sum + rows * value, 0) / total;
  return Math.sqrt(defined.reduce((sum, { rows, value }) => sum + rows * (value - mean) ** 2, 0) / total);
}
