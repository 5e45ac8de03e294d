import { firstOf, median } from '@mdctr/base';
import { METRICS } from '@mdctr/metrics';
import type { BaselineResult, BaselineRow } from '../results/baselines.js';
import { cellKey } from '../table/cells.js';
import { statOf } from '../table/stat.js';

/** Lines of the table, in the order of the trials. */
export function summarizeBaselines(trials: readonly BaselineResult[]): BaselineRow[] {
  const cells = new Map<string, BaselineResult[]>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.setting, trial.method]);
    cells.set(key, [...(cells.get(key) ?? []), trial]);
  }
  return [...cells.values()].map((cell): BaselineRow => {
    const first = firstOf(cell);
    const measured = METRICS.filter(({ name }) => cell.every(({ metrics }) => metrics[name] !== undefined));
    const stats = measured.map(({ name }) => [name, statOf(cell.map(({ metrics }) => metrics[name] ?? null))]);
    return {
      ...cellKey(first),
      name: first.name,
      seeds: cell.length,
      metrics: Object.fromEntries(stats) as BaselineRow['metrics'],
      interval: cell.length === 1 ? first.interval : null,
      seconds: median(cell.map(({ seconds }) => seconds)),
    };
  });
}
