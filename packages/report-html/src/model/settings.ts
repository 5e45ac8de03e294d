import { cellKey } from '@mdctr/report/figures';
import { mainGain, mainStat, type CellKey, type StudyResults } from '@mdctr/report';

/** AUC and gain of a line of the table in one setting. */
export interface SettingPoint extends CellKey {
  readonly setting: string;
  readonly auc: number | null;
  readonly std: number | null;
  readonly gain: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string | null;
}

/** Lines of all settings; none for a study without, or with one alone. */
export function settingPointsOf({ table }: StudyResults): SettingPoint[] {
  if (labelsOf(table).length < 2) return [];
  return table.flatMap((row) => {
    if (row.setting === undefined) return [];
    const [auc, gain] = [mainStat(row), mainGain(row)];
    return [
      {
        ...cellKey(row),
        setting: row.setting,
        auc: auc?.mean ?? null,
        std: auc?.std ?? null,
        gain: gain?.mean ?? null,
        low: gain?.interval?.low ?? null,
        high: gain?.interval?.high ?? null,
        verdict: gain?.verdict ?? null,
      },
    ];
  });
}

/** Labels of the settings, in the order of the study; none for a study without. */
export const labelsOf = (table: readonly CellKey[]): string[] => [
  ...new Set(table.flatMap(({ setting }) => setting ?? [])),
];

const UNITS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, '%': 0.01 };

/** The numbers that labels begin with (`4 domains`, `10k rows`, `0.5`, `20%`), if all do and they differ; else null. */
export function numbersOf(labels: readonly string[]): number[] | null {
  const numbers = labels.flatMap((label) => {
    const [, digits, unit = ''] = /^\s*(-?\d*\.?\d+(?:e-?\d+)?)\s*([kM%])?(?![a-zA-Z\d])/.exec(label) ?? [];
    return digits === undefined ? [] : [Number(digits) * (UNITS[unit] ?? 1)];
  });
  return numbers.length === labels.length && new Set(numbers).size === labels.length ? numbers : null;
}
