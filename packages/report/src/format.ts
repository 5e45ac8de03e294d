import type { CellKey } from './analyses/types.js';
import type { Gain, Stat, TableRow, Verdict } from './results.js';

export const MISSING = '—';

export interface Column<Row> {
  readonly heading: string;
  /** Words are set flush left, numbers flush right. */
  readonly words?: boolean;
  readonly cell: (row: Row) => string;
}

/** Columns that say which line of the table a row belongs to; one of settings only where there are any. */
export function cellColumns<Row extends CellKey>(rows: readonly Row[]): Column<Row>[] {
  const setting = { heading: 'setting', words: true, cell: (row: Row) => row.setting ?? '' };
  return [
    ...(rows.some((row) => row.setting !== undefined) ? [setting] : []),
    { heading: 'backbone', words: true, cell: (row) => row.backbone },
    { heading: 'method', words: true, cell: (row) => row.method },
  ];
}

/** The columns of a table. */
export function columnsOf(table: readonly TableRow[]): Column<TableRow>[] {
  const grouped = table.some(({ groupGauc }) => groupGauc !== undefined);
  const groupGauc = { heading: 'group GAUC', cell: (row: TableRow) => formatStat(row.groupGauc ?? null) };
  return [
    ...cellColumns(table),
    { heading: 'AUC', cell: (row) => formatStat(row.auc) },
    { heading: 'GAUC', cell: (row) => formatStat(row.gauc) },
    ...(grouped ? [groupGauc] : []),
    { heading: 'log loss', cell: (row) => formatStat(row.logLoss) },
    { heading: 'parameters', cell: (row) => formatCount(row.parameters) },
    { heading: 'FLOPs/row', cell: (row) => formatCount(row.flopsPerRow) },
    { heading: 'ms/step', cell: (row) => row.stepMs.toFixed(1) },
    { heading: 'µs/row', cell: (row) => row.inferenceUs.toFixed(1) },
    { heading: 'AUC gain', cell: (row) => formatGain(row.gain) },
  ];
}

/** `.7423 ± .0011`; without the spread for one seed. */
export function formatStat(stat: Stat | null): string {
  if (!stat) return MISSING;
  return stat.std === null ? decimals(stat.mean) : `${decimals(stat.mean)} ± ${decimals(stat.std)}`;
}

/** How tables show a verdict. */
export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  better: '↑',
  worse: '↓',
  'no difference shown': '~',
  'too few seeds': '?',
};

/** `+.0012 [+.0003, +.0021] ↑`: mean of the paired differences, its interval, and the verdict's mark. */
export function formatGain(gain: Pick<Gain, 'mean' | 'interval' | 'verdict'> | null): string {
  if (!gain) return MISSING;
  const interval = gain.interval && `[${signed(gain.interval.low)}, ${signed(gain.interval.high)}]`;
  return [signed(gain.mean), interval, VERDICT_MARKS[gain.verdict]].filter((part) => part !== null).join(' ');
}

/** 1234567 as `1.23M`. */
export function formatCount(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(2)}M`;
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)}k` : count.toFixed(0);
}

export const decimals = (value: number): string => value.toFixed(4).replace(/^(-?)0\./, '$1.');
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${decimals(Math.abs(value))}`;
