import { METRICS, shownIn, type MetricValues } from '@mdctr/metrics';
import { decimals, MISSING } from './format.js';

/**
 * `AUC .8123, domain AUC .7911, log loss .4000`: the metrics that tables have a column for, as far as they are there.
 */
export function metricsText(metrics: MetricValues): string {
  const shown = shownIn(METRICS, 'terminal').filter(({ name }) => metrics[name] !== undefined);
  const text = (value: number | null | undefined, digits: number): string =>
    typeof value === 'number' ? decimals(value, digits) : MISSING;
  return shown.map(({ name, label, decimals: digits }) => `${label} ${text(metrics[name], digits)}`).join(', ');
}
