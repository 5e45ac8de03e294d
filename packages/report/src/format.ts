import type { Stat, StudyResults, TableRow } from './results.js';

export const HEADINGS = [
  'backbone',
  'method',
  'AUC',
  'GAUC',
  'log loss',
  'parameters',
  'FLOPs/row',
  'ms/step',
  'AUC gain',
] as const;

const MISSING = '—';

/** The table as text cells, one list a line, in the order of HEADINGS. */
export function cellsOf(row: TableRow): string[] {
  return [
    row.backbone,
    row.method,
    formatStat(row.auc),
    formatStat(row.gauc),
    formatStat(row.logLoss),
    formatCount(row.parameters),
    formatCount(row.flopsPerRow),
    row.stepMs.toFixed(1),
    formatGain(row.gain),
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

/** A mean difference smaller than its standard error times two cannot be told from chance. */
export function isNoise(gain: Stat): boolean {
  return gain.std === null || Math.abs(gain.mean) < (2 * gain.std) / Math.sqrt(gain.n);
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
  const seeds = Math.max(...table.map((row) => row.seeds));
  const notes = [
    `Metrics of the ${split} split, ${data.evaluationRows} rows (trained on ${data.trainRows}); ${data.fields} fields, ${data.domains} domains; ` +
      (seeds === 1 ? 'one seed.' : `mean ± standard deviation over ${seeds} seeds.`),
  ];
  if (results.selectedOnSplit) notes.push('The best epoch was chosen on this same split: figures are optimistic.');
  if (baseline !== null && table.some((row) => row.gain)) {
    notes.push(
      `AUC gain over "${baseline}" of the same backbone and seed (seeds that gained); ~ marks what chance explains.`,
    );
  }
  if (data.bestPossibleAuc !== undefined) {
    notes.push(`Best possible AUC on these rows (true probabilities): ${decimals(data.bestPossibleAuc)}.`);
  }
  return notes;
}
