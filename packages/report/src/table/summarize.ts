import { median, itemAt } from '@mdctr/base';
import { COMPARISONS, METRICS, type ComparisonMetric, type Metric } from '@mdctr/metrics';
import { cellsOf, comparisonsOf } from './cells.js';
import { gainsOfDifferences, metricDifferences, pairedValues, type BaselineComparison } from './gains.js';
import { withRolling } from './rolling-gains.js';
import type { Gain, Stat } from '../results/gain.js';
import type { TableRow } from '../results/table-row.js';
import type { TrialResult } from '../results/trial.js';
import { firstOfLastFold } from './runs.js';
import { statOf } from './stat.js';

/** Metrics that have gains. */
const DIRECTED: readonly Metric[] = METRICS.filter(({ better }) => better !== null);

/**
 * Lines of the table in the order of the trials. Gains are paired by seed and fold against `baseline` on the same backbone in
 * the same setting, tested, and corrected for all comparisons of the table.
 * @param overlapIn `overlapOf` the data of a setting.
 */
export function summarize(
  trials: readonly TrialResult[],
  baseline: string | null,
  overlapIn: (setting: string | undefined) => number | undefined = () => undefined,
): TableRow[] {
  const cells = cellsOf(trials);
  const comparisons = comparisonsOf(cells, baseline);
  const overlaps = cells.map(({ key }) => overlapIn(key.setting));
  const gains = DIRECTED.map((metric) => {
    const differences = metricDifferences(comparisons, metric);
    return { metric, byLine: withRolling(gainsOfDifferences(differences), differences, overlaps) };
  });
  return cells.map(({ key, trials: cell }, line): TableRow => {
    const { parameters, flopsPerRow } = firstOfLastFold(cell);
    const measured = gains.filter(({ metric }) => isMeasured(metric, cell));
    return {
      ...key,
      seeds: cell.length,
      metrics: statsOf(cell),
      parameters,
      flopsPerRow,
      stepMs: median(cell.map((trial) => trial.stepMs)),
      inferenceUs: median(cell.map((trial) => trial.inferenceUs)),
      gains: Object.fromEntries(
        measured.map(({ metric, byLine }): [string, Gain | null] => [metric.name, itemAt(byLine, line)]),
      ),
      comparisons: Object.fromEntries(COMPARISONS.map((one) => [one.name, comparedBy(one, itemAt(comparisons, line))])),
    };
  });
}

/** Whether all trials have a metric, undefined or not: they lack those whose rows lack what it needs. */
const isMeasured = ({ name }: Metric, trials: readonly TrialResult[]): boolean =>
  trials.every(({ metrics }) => metrics[name] !== undefined);

function statsOf(trials: readonly TrialResult[]): Record<string, Stat | null> {
  const measured = METRICS.filter((metric) => isMeasured(metric, trials));
  return Object.fromEntries(
    measured.map(({ name }) => [name, statOf(trials.map(({ metrics }) => metrics[name] ?? null))]),
  );
}

/** Mean and deviation over the seeds that can be paired. */
function comparedBy({ of, compare }: ComparisonMetric, comparison: BaselineComparison): Stat | null {
  const pairs = pairedValues(comparison, ({ metrics }) => metrics[of] ?? null);
  return statOf(pairs.map(([value, base]) => compare(value, base)));
}
