import type { EvaluatedRows } from './metric.js';
import { auc } from './metrics/auc.js';

/** Rows and AUC of the domains that have one, most rows first. */
export function domainAucs({ domains }: EvaluatedRows): { readonly rows: number; readonly auc: number }[] {
  return domains.flatMap((domain) => {
    const value = domain.value(auc);
    return value === null ? [] : [{ rows: domain.scores.length, auc: value }];
  });
}
