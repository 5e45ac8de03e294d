import { evaluateScores, type MetricValues } from '../src/index.js';

/** Metrics of rows as [domain, label, score]. */
export function metricsOf(rows: readonly (readonly [number, 0 | 1, number])[]): MetricValues {
  return evaluateScores({
    scores: Float32Array.from(rows, ([, , score]) => score),
    labels: Float32Array.from(rows, ([, label]) => label),
    domains: Int32Array.from(rows, ([domain]) => domain),
    domainLabels: ['a', 'b', 'c'],
  }).metrics;
}
