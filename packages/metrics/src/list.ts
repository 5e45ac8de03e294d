import type { ComparisonMetric } from './metric.js';
import { auc } from './metrics/auc.js';
import { brierScore } from './metrics/brier-score.js';
import { domainAuc } from './metrics/domain-auc.js';
import { domainMacroAuc } from './metrics/domain-macro-auc.js';
import { ece } from './metrics/ece.js';
import { gauc } from './metrics/gauc.js';
import { logLoss } from './metrics/log-loss.js';
import { normalizedEntropy } from './metrics/normalized-entropy.js';
import { pcoc } from './metrics/pcoc.js';
import { pcocSpread } from './metrics/pcoc-spread.js';
import { prAuc } from './metrics/pr-auc.js';
import { relaImpr } from './metrics/rela-impr.js';

/** Every metric, in the order of tables and lists. */
export const METRICS = [
  auc,
  domainAuc,
  gauc,
  domainMacroAuc,
  prAuc,
  logLoss,
  normalizedEntropy,
  brierScore,
  ece,
  pcoc,
  pcocSpread,
] as const;

/** Every metric of a model against the baseline. */
export const COMPARISONS: readonly ComparisonMetric[] = [relaImpr];

/** The metric that claims rest on: tables show its gains. */
export const MAIN_METRIC = auc;

/** Names that configs and results have. */
export type MetricName = (typeof METRICS)[number]['name'];
