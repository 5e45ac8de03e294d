import { ALPHA, SEEDS_FOR_A_VERDICT } from './gains.js';
import type { Gain, Stat, StudyResults, TableRow, Verdict } from './results.js';

const MISSING = '—';

export interface Column {
  readonly heading: string;
  /** Words are set flush left, numbers flush right. */
  readonly words?: boolean;
  readonly cell: (row: TableRow) => string;
}

/** The columns of a table. */
export function columnsOf(table: readonly TableRow[]): Column[] {
  const grouped = table.some(({ groupGauc }) => groupGauc !== undefined);
  const groupGauc = { heading: 'group GAUC', cell: (row: TableRow) => formatStat(row.groupGauc ?? null) };
  return [
    ...(table.some(({ setting }) => setting !== undefined)
      ? [{ heading: 'setting', words: true, cell: (row: TableRow) => row.setting ?? '' }]
      : []),
    { heading: 'backbone', words: true, cell: (row) => row.backbone },
    { heading: 'method', words: true, cell: (row) => row.method },
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
export function formatGain(gain: Gain | null): string {
  if (!gain) return MISSING;
  const interval = gain.interval && `[${signed(gain.interval.low)}, ${signed(gain.interval.high)}]`;
  return [signed(gain.mean), interval, VERDICT_MARKS[gain.verdict]].filter((part) => part !== null).join(' ');
}

/** 1234567 as `1.23M`. */
export function formatCount(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(2)}M`;
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)}k` : count.toFixed(0);
}

const decimals = (value: number): string => value.toFixed(4).replace(/^(-?)0\./, '$1.');
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${decimals(Math.abs(value))}`;

/** What a reader must know to trust the table. */
export function notesOf(results: StudyResults): string[] {
  const { data, split, table, baseline } = results;
  const seeds = Math.max(0, ...table.map((row) => row.seeds));
  const notes = [
    `Metrics of the ${split} split, ${data.evaluationRows} rows (trained on ${data.trainRows}); ${data.fields} fields, ${data.domains} domains; ` +
      (seeds === 1 ? 'one seed.' : `mean ± standard deviation over ${seeds} seeds.`),
  ];
  const finished = results.trials.filter(({ variant }) => variant === undefined).length;
  if (finished < results.plannedTrials) {
    notes.push(`Unfinished: ${finished} of ${results.plannedTrials} trials are in.`);
  }
  for (const { backbone, method, seed, reason } of results.failures ?? []) {
    notes.push(`Failed: ${backbone} + ${method}, seed ${seed}: ${reason}`);
  }
  if (table.some(({ groupGauc }) => groupGauc !== undefined)) {
    notes.push(
      'GAUC is the AUC inside domains, group GAUC that inside the values of data.gaucBy, both weighted by rows.',
    );
  }
  if (results.selectedOnSplit) notes.push('The best epoch was chosen on this same split: figures are optimistic.');
  const gains = table.flatMap(({ gain }) => gain ?? []);
  if (baseline !== null && gains.length > 0) notes.push(legendOf(gains, baseline));
  if (data.bestPossible) {
    const { auc, gauc, logLoss } = data.bestPossible;
    const of = (name: string, value: number | null): string => `${name} ${value === null ? MISSING : decimals(value)}`;
    notes.push(
      `Best possible on these rows (the true probabilities): ${of('AUC', auc)}, ${of('GAUC', gauc)}, ${of('log loss', logLoss)}.`,
    );
  }
  return notes;
}

/** What the gains are, which marks the table has, and what they rest on. */
function legendOf(gains: readonly Gain[], baseline: string): string {
  const [percent, level] = [ALPHA, 1 - ALPHA].map((share) => `${Math.round(share * 100)}%`);
  const tested = gains.some(({ interval }) => interval);
  const marks = (Object.keys(VERDICT_MARKS) as Verdict[]).filter((one) => gains.some(({ verdict }) => verdict === one));
  const { comparisons } = gains[0]!;
  const basis = marks.some((verdict) => verdict !== 'too few seeds')
    ? `paired t-test over seeds at ${percent}, by Holm for ${comparisons} comparison${comparisons === 1 ? '' : 's'}; ` +
      'about other seeds, not other rows'
    : `a verdict takes ${SEEDS_FOR_A_VERDICT} that differ`;
  return (
    `AUC gain over "${baseline}" of the same backbone and seed${tested ? `, with its ${level} interval` : ''}: ` +
    `${marks.map((verdict) => `${VERDICT_MARKS[verdict]} ${verdict}`).join(', ')} (${basis}).`
  );
}
