import { aucOf } from './auc.js';
import { averagePrecisionOf } from './average-precision.js';
import { calibrationBins, expectedCalibrationError, normalizedEntropy, type CalibrationBin } from './calibration.js';
import { groupAuc, type GroupMetrics } from './group-auc.js';
import { groupRows, valuesOf } from './group-rows.js';
import { logLoss } from './log-loss.js';
import { rank, type Ranking } from './ranking.js';

/** Quality of the scores of one domain; with the metrics inside groups where rows have groups. */
export interface DomainMetrics extends Partial<GroupMetrics> {
  readonly domain: string;
  readonly rows: number;
  readonly positives: number;
  /** null where the domain has rows of one class only. */
  readonly auc: number | null;
  /** Average precision; null without clicks. */
  readonly prAuc: number | null;
  /** Mean cross entropy, in nats. */
  readonly logLoss: number;
  /** Log loss by that of the constant click rate, below 1 is better; null where the domain has rows of one class only. */
  readonly normalizedEntropy: number | null;
  /** Sum of predicted probabilities by number of clicks: 1 is calibrated, above 1 promises too much. null without clicks. */
  readonly pcoc: number | null;
  /** Expected calibration error over 20 bins of equal width. */
  readonly ece: number;
}

export interface Metrics extends Omit<DomainMetrics, 'domain'> {
  /**
   * AUC inside each domain, averaged by the domain's rows; domains of one class are left out. Source: Zhu et al., KDD
   * 2018, arXiv 1706.06978, eq. 7, there by user.
   */
  readonly gauc: number | null;
  /** The same, every domain counting alike. */
  readonly macroAuc: number | null;
  /** Mean score and share of clicks of rows of like score, lowest scores first. */
  readonly calibration: readonly CalibrationBin[];
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
  /** [N] group of each row, e.g. its user; -1 for none. Without it there are no metrics inside groups. */
  readonly groups?: Int32Array | undefined;
  /** Label of each domain id. */
  readonly domainLabels: readonly string[];
}

/** All metrics of a set of scored rows. */
export function evaluateScores({ scores, labels, domains, groups, domainLabels }: ScoredRows): Metrics {
  const { order, starts } = groupRows(domains);
  const each: DomainMetrics[] = [];
  for (let id = 0; id + 1 < starts.length; id++) {
    if (starts[id] === starts[id + 1]) continue;
    const rows = order.subarray(starts[id], starts[id + 1]);
    const [ownScores, ownLabels] = [valuesOf(scores, rows), valuesOf(labels, rows)];
    const part = measure(ownScores, ownLabels, rank(ownScores, ownLabels), groups && valuesOf(groups, rows));
    each.push({ domain: domainLabels[id]!, ...part });
  }
  each.sort((a, b) => b.rows - a.rows || a.domain.localeCompare(b.domain));
  const ranking = rank(scores, labels);
  const whole = { ...measure(scores, labels, ranking, groups), ...withinDomains(each) };
  return { ...whole, calibration: calibrationBins(ranking), domains: each };
}

function measure(
  scores: Float32Array,
  labels: Float32Array,
  ranking: Ranking,
  groups?: Int32Array,
): Omit<DomainMetrics, 'domain'> {
  const positives = ranking.positives.length;
  let promised = 0;
  for (let i = 0; i < scores.length; i++) promised += scores[i]!;
  const loss = logLoss(scores, labels);
  return {
    rows: scores.length,
    positives,
    auc: aucOf(ranking) ?? null,
    prAuc: averagePrecisionOf(ranking) ?? null,
    logLoss: loss,
    normalizedEntropy: normalizedEntropy(loss, positives, scores.length) ?? null,
    pcoc: positives === 0 ? null : promised / positives,
    ece: expectedCalibrationError(scores, labels),
    ...(groups && groupAuc(scores, labels, groups)),
  };
}

/** Means of the AUC inside domains, over those that have one. */
function withinDomains(domains: readonly DomainMetrics[]): Pick<Metrics, 'gauc' | 'macroAuc'> {
  const defined = domains.flatMap(({ rows, auc }) => (auc === null ? [] : [{ rows, auc }]));
  const total = defined.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0) return { gauc: null, macroAuc: null };
  return {
    gauc: defined.reduce((sum, { rows, auc }) => sum + rows * auc, 0) / total,
    macroAuc: defined.reduce((sum, { auc }) => sum + auc, 0) / defined.length,
  };
}
