import { METRICS, type MetricName } from './list.js';
import type { Appearance, Metric, MetricValues, Place } from './metric.js';

/** The metric of a name; undefined where there is none. */
export const findMetric = (name: string): Metric | undefined => METRICS.find((metric) => metric.name === name);

/** Names of the metrics that choose epochs and trials of a search: those of which one end is better. */
export const SELECTABLE: readonly MetricName[] = METRICS.filter(({ better }) => better !== null).map(
  ({ name }) => name,
);

/** Those of some metrics that have a column at a place. */
export const shownIn = <M extends Appearance>(metrics: readonly M[], place: Place): M[] =>
  metrics.filter((metric) => metric.shownIn.includes(place));

/** 1, or -1 for a metric of which less is better: times this, larger is better. 0 where neither end is. */
export const signOf = ({ better }: Pick<Metric, 'better'>): 1 | -1 | 0 =>
  better === null ? 0 : better === 'lower' ? -1 : 1;

/**
 * The value of a metric with its sign turned where less is better: larger is better. Undefined where the metric is not
 * defined.
 * @param metrics null where nothing was measured.
 */
export function scoreBy(metrics: MetricValues | null | undefined, name: string): number | undefined {
  const value = metrics?.[name];
  const metric = findMetric(name);
  if (value === null || value === undefined || !metric) return undefined;
  return signOf(metric) < 0 ? -value : value;
}
