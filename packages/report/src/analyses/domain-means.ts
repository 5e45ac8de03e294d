import type { TrialResult } from '../results/trial.js';
import { aucsOf, type PartDomain } from './parts.js';

/** Mean AUC inside the domains, by rows evaluated, and every domain alike; null where one has none. */
export function domainMeans(
  trial: TrialResult,
  domains: readonly PartDomain[],
): { weighted: number | null; macro: number | null } {
  const aucs = aucsOf(trial);
  const weightOf = (weight: (domain: PartDomain) => number): number | null => {
    let [sum, total] = [0, 0];
    for (const domain of domains) {
      const auc = aucs.get(domain.domain);
      if (auc === undefined) return null;
      sum += weight(domain) * auc;
      total += weight(domain);
    }
    return total === 0 ? null : sum / total;
  };
  return { weighted: weightOf(({ rows }) => rows), macro: weightOf(() => 1) };
}
