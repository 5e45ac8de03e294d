import { auc } from './auc.js';
import { logLoss } from './log-loss.js';

/** Quality of the scores of one domain. */
export interface DomainMetrics {
  readonly domain: string;
  readonly rows: number;
  readonly positives: number;
  /** null where the domain has rows of one class only. */
  readonly auc: number | null;
  readonly logLoss: number;
  /** Sum of predicted probabilities by number of clicks: 1 is calibrated, above 1 promises too much. null without clicks. */
  readonly pcoc: number | null;
}

export interface Metrics extends Omit<DomainMetrics, 'domain'> {
  /**
   * AUC inside each domain, averaged by the domain's rows; domains of one class are left out. Source: Zhu et al., KDD
   * 2018, arXiv 1706.06978, eq. 7, there by user.
   */
  readonly gauc: number | null;
  /** Domains that have rows, most rows first. */
  readonly domains: readonly DomainMetrics[];
}

/** Metrics of a split; with `variants`, those of further ways to predict with the same weights, by name. */
export interface SplitMetrics extends Metrics {
  readonly variants?: Readonly<Record<string, Metrics>>;
}

export interface ScoredRows {
  /** [N] click probabilities. */
  readonly scores: Float32Array;
  /** [N] 0 or 1. */
  readonly labels: Float32Array;
  /** [N] domain ids. */
  readonly domains: Int32Array;
  /** Label of each domain id. */
  readonly domainLabels: readonly string[];
}

/** All metrics of a set of scored rows. */
export function evaluateScores({ scores, labels, domains, domainLabels }: ScoredRows): Metrics {
  const byDomain = new Map<number, number[]>();
  domains.forEach((domain, row) => {
    const rows = byDomain.get(domain);
    if (rows) rows.push(row);
    else byDomain.set(domain, [row]);
  });
  const each = [...byDomain]
    .map(([id, rows]): DomainMetrics => {
      const part = measure(
        Float32Array.from(rows, (row) => scores[row]!),
        Float32Array.from(rows, (row) => labels[row]!),
      );
      return { domain: domainLabels[id]!, ...part };
    })
    .sort((a, b) => b.rows - a.rows || a.domain.localeCompare(b.domain));
  return { ...measure(scores, labels), gauc: groupedAuc(each), domains: each };
}

function measure(scores: Float32Array, labels: Float32Array): Omit<DomainMetrics, 'domain'> {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const promised = scores.reduce((sum, score) => sum + score, 0);
  return {
    rows: scores.length,
    positives,
    auc: auc(scores, labels) ?? null,
    logLoss: logLoss(scores, labels),
    pcoc: positives === 0 ? null : promised / positives,
  };
}

function groupedAuc(domains: readonly DomainMetrics[]): number | null {
  const defined = domains.flatMap((domain) => (domain.auc === null ? [] : [{ rows: domain.rows, auc: domain.auc }]));
  const rows = defined.reduce((sum, domain) => sum + domain.rows, 0);
  return rows === 0 ? null : defined.reduce((sum, domain) => sum + domain.rows * domain.auc, 0) / rows;
}
