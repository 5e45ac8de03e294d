import { sameCell } from '../../figures/cells.js';
import type { CellKey } from '../../results/cell-key.js';
import { cellKey } from '../../table/cells.js';
import { mainStat } from '../../table/main-metric.js';
import type { TabulatedStudy } from '../analysed-study.js';
import type { PluginStatisticsRow } from './types.js';

/** One number of a plugin beside the AUC that the model reaches: means over seeds. */
export interface PluginPoint extends CellKey {
  readonly plugin: string;
  readonly name: string;
  readonly meaning: string;
  readonly value: number;
  readonly valueStd: number | null;
  readonly auc: number;
  readonly aucStd: number | null;
  /** AUC of the baseline on the same backbone; null where it has none. */
  readonly baselineAuc: number | null;
}

/** Points of the models that have an AUC for every seed. */
export function pluginPointsOf(
  rows: readonly PluginStatisticsRow[],
  { table, baseline }: TabulatedStudy,
): PluginPoint[] {
  const aucOf = (key: CellKey) => {
    const line = table.find((one) => sameCell(one, key));
    return line && mainStat(line);
  };
  return rows.flatMap((row) => {
    const auc = aucOf(row);
    if (!auc) return [];
    const baselineAuc = baseline === null ? null : (aucOf({ ...row, method: baseline })?.mean ?? null);
    const { plugin, name, meaning, value } = row;
    const numbers = { value: value.mean, valueStd: value.std, auc: auc.mean, aucStd: auc.std, baselineAuc };
    return [{ ...cellKey(row), plugin, name, meaning, ...numbers }];
  });
}
