import type { Stat, StudyResults, TableRow } from './results.js';

const MISSING = '—';

interface Column {
  readonly heading: string;
  readonly cell: (row: TableRow) => string;
}

/** The columns of a table; the first two hold words, the others numbers. */
export function columnsOf(table: readonly TableRow[]): Column[] {
  const grouped = table.some(({ groupGauc }) => groupGauc !== undefined);
  const groupGauc = { heading: 'group GAUC', cell: (row: TableRow) => formatStat(row.groupGauc ?? null) };
  return [
    { heading: 'backbone', cell: (row) => row.backbone },
    { heading: 'method', cell: (row) => row.method },
    { heading: 'AUC', cell: (row) => formatStat(row.auc) },
    { heading: 'GAUC', cell: (row) => formatStat(row.gauc) },
    ...(grouped ? [groupGauc] : []),
    { heading: 'log loss', cell: (row) => formatStat(row.logLoss) },
    { heading: 'parameters', cell: (row) => formatCount(row.parameters) },
    { heading: 'FLOPs/row', cell: (row) => formatCount(row.flopsPerRow) },
    { heading: 'ms/step', cell: (row) => row.stepMs.toFixed(1) },
    { heading: 'AUC gain', cell: (row) => formatGain(row.gain) },
  ];
}

/** `.7423 ± .0011`; without the spread for one seed. */
export function formatStat(stat: Stat | null): string {
  if (!stat) return MISSING;
  return stat.std === null ? decimals(stat.mean) : `${decimals(stat.mean)} ± ${decimals(stat.std)}`;
}

/** `+.0012 ± .0004 (3/3)`: mean and spread of the paired differences, and how many seeds gained. */
function formatGain(gain: TableRow['gain']): string {
  if (!gain) return MISSING;
  const sign = gain.mean < 0 ? '-' : '+';
  const spread = gain.std === null ? '' : ` ± ${decimals(gain.std)}`;
  return `${sign}${decimals(Math.abs(gain.mean))}${spread} (${gain.wins}/${gain.n})${isNoise(gain) ? ' ~' : ''}`;
}

/** Whether a mean of paired differences cannot be told from 0: two-sided t-test at 5%. */
export function isNoise({ mean, std, n }: Stat): boolean {
  return std === null || Math.abs(mean) <= (studentT975(n - 1) * std) / Math.sqrt(n);
}

/** 97.5% quantiles of Student's t with 1, 2, ... degrees of freedom. */
const STUDENT_T = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622];

/** Beyond the list by the expansion in 1 / freedom around the normal quantile (Abramowitz and Stegun, 26.7.5). */
function studentT975(freedom: number): number {
  const z = 1.959964;
  return (
    STUDENT_T[freedom - 1] ??
    z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
  );
}

/** 1234567 as `1.23M`. */
export function formatCount(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(2)}M`;
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)}k` : count.toFixed(0);
}

const decimals = (value: number): string => value.toFixed(4).replace(/^(-?)0\./, '$1.');

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
  if (baseline !== null && table.some((row) => row.gain)) {
    notes.push(
      `AUC gain over "${baseline}" of the same backbone and seed (seeds that gained); ~ marks what chance explains (paired t-test at 5%).`,
    );
  }
  if (data.bestPossible) {
    const { auc, gauc, logLoss } = data.bestPossible;
    const of = (name: string, value: number | null): string => `${name} ${value === null ? MISSING : decimals(value)}`;
    notes.push(
      `Best possible on these rows (the true probabilities): ${of('AUC', auc)}, ${of('GAUC', gauc)}, ${of('log loss', logLoss)}.`,
    );
  }
  return notes;
}
