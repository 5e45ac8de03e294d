import type { BaselineGain, BaselineRow, BaselinesResult } from '../results/baselines.js';
import type { CellKey } from '../results/cell-key.js';
import type { TableRow } from '../results/table-row.js';

/** A line of the table: of a baseline, which has no network, or of a network. */
export type TableLine = BaselineRow | TableRow;

/** What the lines of a study's table are made of. */
export interface Tabulated {
  readonly table: readonly TableRow[];
  readonly baselines?: BaselinesResult;
}

export const isBaseline = (line: TableLine): line is BaselineRow => !('parameters' in line);

/** Baselines first; with settings, in front of the networks of each. */
export function linesOf({ table, baselines }: Tabulated): TableLine[] {
  const before = baselines?.table ?? [];
  const settings = [...new Set([...before, ...table].map(({ setting }) => setting))];
  return settings.flatMap((setting): TableLine[] => {
    const ofSetting = (line: CellKey): boolean => line.setting === setting;
    return [...before.filter(ofSetting), ...table.filter(ofSetting)];
  });
}

/** The gain of a network over the best baseline; null where there is none. */
export function baselineGainOf(
  { baselines }: Pick<Tabulated, 'baselines'>,
  line: CellKey,
): BaselineGain['gain'] | null {
  const found = baselines?.gains?.find(({ setting, backbone, method }) => {
    return setting === line.setting && backbone === line.backbone && method === line.method;
  });
  return found?.gain ?? null;
}
