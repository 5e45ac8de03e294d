import { formatCount } from '@mdctr/base';
import { COMPARISONS, MAIN_METRIC, METRICS, shownIn, type Metric, type Place } from '@mdctr/metrics';
import type { CellKey } from '../results/cell-key.js';
import type { Gain, Stat, Verdict } from '../results/gain.js';
import type { TableRow } from '../results/table-row.js';
import { baselineGainOf, isBaseline, linesOf, type TableLine, type Tabulated } from '../table/lines.js';
import { mainGain } from '../table/main-metric.js';
import { marksOf, type MarkedBy } from '../table/marks.js';

export const MISSING = '—';

export interface TextColumn<Row> {
  readonly heading: string;
  /** Words are set flush left, numbers flush right. */
  readonly words?: boolean;
  readonly cell: (row: Row) => string;
}

/** Columns that say which line of the table a row belongs to; one of settings only where there are any. */
export function cellColumns<Row extends CellKey>(rows: readonly Row[]): TextColumn<Row>[] {
  const setting = { heading: 'setting', words: true, cell: (row: Row) => row.setting ?? '' };
  return [
    ...(rows.some((row) => row.setting !== undefined) ? [setting] : []),
    { heading: 'backbone', words: true, cell: (row) => row.backbone },
    { heading: 'method', words: true, cell: (row) => row.method },
  ];
}

/** The columns of the study's table at a place; what is of networks alone is empty for baselines. */
export function columnsOf(results: Tabulated & MarkedBy, place: Place): TextColumn<TableLine>[] {
  const lines = linesOf(results);
  const ofNetworks = (heading: string, cell: (row: TableRow) => string): TextColumn<TableLine> => ({
    heading,
    cell: (line) => (isBaseline(line) ? '' : cell(line)),
  });
  const metrics = metricsIn(lines, place).map(({ name, label, decimals }) => ({
    heading: label,
    cell: (line: TableLine) => formatLineStat(line, name, decimals),
  }));
  const overBaseline = ofNetworks('over best baseline', (row) => formatGain(baselineGainOf(results, row)));
  const marks = { heading: 'marks', words: true, cell: (line: TableLine) => marksOf(results, line).join(', ') };
  return [
    ...cellColumns(lines),
    ...metrics,
    ofNetworks('parameters', (row) => formatCount(row.parameters)),
    ofNetworks('FLOPs/row', (row) => formatCount(row.flopsPerRow)),
    ofNetworks('ms/step', (row) => row.stepMs.toFixed(1)),
    ofNetworks('µs/row', (row) => row.inferenceUs.toFixed(1)),
    ofNetworks(`${MAIN_METRIC.label} gain`, (row) => formatGain(mainGain(row))),
    ...(results.baselines?.gains ? [overBaseline] : []),
    ...shownIn(COMPARISONS, place).map(({ name, label, decimals }) =>
      ofNetworks(label, (row) => formatStat(row.comparisons[name] ?? null, decimals)),
    ),
    ...(lines.some((line) => marksOf(results, line).length > 0) ? [marks] : []),
  ];
}

/** A metric of a line: of a baseline that was fitted once the AUC has its interval over rows. */
export function formatLineStat(line: TableLine, metric: string, digits: number): string {
  const stat = formatStat(line.metrics[metric] ?? null, digits);
  const interval = isBaseline(line) && metric === MAIN_METRIC.name ? line.interval : null;
  return interval ? `${stat} [${decimals(interval.low, digits)}, ${decimals(interval.high, digits)}]` : stat;
}

/** Metrics that a table has a column for at a place: of those whose rows must have something, the ones that they do. */
export const metricsIn = (table: readonly Pick<TableLine, 'metrics'>[], place: Place): Metric[] =>
  shownIn<Metric>(METRICS, place).filter(
    ({ name, needs }) => !needs || table.some(({ metrics }) => metrics[name] !== undefined),
  );

/** `.7423 ± .0011`; without the spread for one seed. */
export function formatStat(stat: Stat | null, digits = 4): string {
  if (!stat) return MISSING;
  const mean = decimals(stat.mean, digits);
  return stat.std === null ? mean : `${mean} ± ${decimals(stat.std, digits)}`;
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

export const decimals = (value: number, digits = 4): string => value.toFixed(digits).replace(/^(-?)0\./, '$1.');
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${decimals(Math.abs(value))}`;
