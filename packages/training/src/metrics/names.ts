import type { Metrics } from './evaluate.js';

/** Metrics that epochs can be judged by. */
export const METRIC_NAMES = ['auc', 'gauc', 'macroAuc', 'prAuc', 'logLoss', 'normalizedEntropy', 'ece'] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

/** Metrics of which less is better. */
const LESS_IS_BETTER: readonly MetricName[] = ['logLoss', 'normalizedEntropy', 'ece'];

/** The metric with its sign turned where less is better: larger is better. Undefined where the metric is not defined. */
export function scoreBy(metrics: Metrics | null, by: MetricName): number | undefined {
  const value = metrics?.[by];
  if (value === null || value === undefined) return undefined;
  return LESS_IS_BETTER.includes(by) ? -value : value;
}
