import { calibrationBins, type CalibrationBin } from './calibration-bins.js';
import { CachedRows } from './evaluated-rows.js';
import { METRICS } from './list.js';
import type { EvaluatedRows, Metric, MetricValues, RowCounts } from './metric.js';
import { groupRows, valuesOf } from './ranking/group-rows.js';

/** Quality of the scores of one domain. */
export interface DomainEvaluation extends RowCounts {
  readonly domain: string;
  readonly metrics: MetricValues;
}

/** Quality of scores, overall and by domain. */
export interface Evaluation extends RowCounts {
  readonly metrics: MetricValues;
  /** Mean score and share of clicks of rows of like score, lowest scores first. */
  readonly calibration: readonly CalibrationBin[];
  /** Domains that have rows, most rows first. */
  readonly domains: readonly DomainEvaluation[];
}

/** What metrics are computed from. */
export interface ScoredRows {
  /** [N] click probabilities. */
  readonly scores: Float32Array;
  /** [N] 0 or 1. */
  readonly labels: Float32Array;
  /** [N] domain ids. */
  readonly domains: Int32Array;
  /** [N] group of each row, e.g. its user; -1 for none. Without it there are no metrics inside groups. */
  readonly groups?: Int32Array | undefined;
  /** Label of each domain id. */
  readonly domainLabels: readonly string[];
}

/** All metrics of a set of scored rows, or some of them. */
export function evaluateScores(
  { scores, labels, domains, groups, domainLabels }: ScoredRows,
  metrics: readonly Metric[] = METRICS,
): Evaluation {
  const parts = partsOf({ scores, labels, domains, groups, domainLabels });
  const all = new CachedRows(
    scores,
    labels,
    groups,
    parts.map(({ rows }) => rows),
  );
  const inDomains = metrics.filter(({ byDomain }) => byDomain);
  return {
    ...measure(all, metrics),
    calibration: calibrationBins(all.ranking),
    domains: parts.map(({ domain, rows }) => ({ domain, ...measure(rows, inDomains) })),
  };
}

/** The rows of each domain that has any, most rows first. */
function partsOf({ scores, labels, domains, groups, domainLabels }: ScoredRows) {
  const { order, starts } = groupRows(domains);
  const parts: { domain: string; rows: CachedRows }[] = [];
  for (let id = 0; id + 1 < starts.length; id++) {
    if (starts[id] === starts[id + 1]) continue;
    const rows = order.subarray(starts[id], starts[id + 1]);
    const part = new CachedRows(valuesOf(scores, rows), valuesOf(labels, rows), groups && valuesOf(groups, rows));
    parts.push({ domain: domainLabels[id]!, rows: part });
  }
  return parts.sort((a, b) => b.rows.scores.length - a.rows.scores.length || a.domain.localeCompare(b.domain));
}

function measure(rows: EvaluatedRows, metrics: readonly Metric[]): RowCounts & { readonly metrics: MetricValues } {
  const { groupAuc } = rows;
  const measured = metrics.filter(({ needs }) => needs?.rows !== 'groups' || groupAuc);
  return {
    rows: rows.scores.length,
    positives: rows.ranking.positives.length,
    ...(groupAuc && { groups: groupAuc.groups, groupsWithAuc: groupAuc.groupsWithAuc }),
    metrics: Object.fromEntries(measured.map((metric) => [metric.name, rows.value(metric)])),
  };
}
