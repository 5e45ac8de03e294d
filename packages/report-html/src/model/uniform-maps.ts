import { nameOf, type CellMatrix } from '@mdctr/report/figures';
import type { ReportModel } from './report-model.js';

/** The one value that all cells of a map have; undefined where there are several, or none. */
export function valueOfAll({ panels }: Pick<CellMatrix, 'panels'>): number | undefined {
  const values = new Set(panels.flatMap((panel) => panel.values.flat()).filter((value) => value !== null));
  return values.size === 1 ? [...values][0] : undefined;
}

/** A sentence in place of the maps of one number and one value: there is nothing to see in them. */
export function uniformMaps({ overTime, betweenDomains }: Pick<ReportModel, 'overTime' | 'betweenDomains'>): string[] {
  const cells = new Map<string, string[]>();
  for (const [maps, where] of [
    [overTime, 'every layer, domain and epoch'],
    [betweenDomains, 'every layer and pair of domains'],
  ] as const) {
    for (const map of maps) {
      const value = valueOfAll(map);
      if (value === undefined) continue;
      const said = `${map.name.charAt(0).toUpperCase()}${map.name.slice(1)}: ${value.toFixed(2)} in ${where}`;
      cells.set(said, [...(cells.get(said) ?? []), nameOf(map)]);
    }
  }
  return [...cells].map(([said, names]) => `${said} (${names.join(', ')}).`);
}
