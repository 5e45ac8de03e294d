import { mainStat, type CellKey, type PluginStatisticsRow, type StudyResults } from '@mdctr/report';
import { keyOf, sameCell } from '../../model/cells.js';

/** One number of a plugin beside the AUC that the model reaches: means over seeds. */
export interface PluginPoint extends CellKey {
  readonly plugin: string;
  readonly name: string;
  readonly meaning: string;
  readonly value: number;
  readonly valueStd: number | null;
  readonly auc: number;
  readonly aucStd: number | null;
}

/** Points of the models that have an AUC for every seed. */
export const pluginPointsOf = (rows: readonly PluginStatisticsRow[], { table }: StudyResults): PluginPoint[] =>
  rows.flatMap((row) => {
    const line = table.find((one) => sameCell(one, row));
    const auc = line && mainStat(line);
    const { plugin, name, meaning, value } = row;
    if (!auc) return [];
    const numbers = { value: value.mean, valueStd: value.std, auc: auc.mean, aucStd: auc.std };
    return [{ ...keyOf(row), plugin, name, meaning, ...numbers }];
  });
