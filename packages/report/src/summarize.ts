import type { Stat, TableRow, TrialResult } from './results.js';

/** Lines of the table in the order of the trials; gains are paired by seed against `baseline` on the same backbone. */
export function summarize(trials: readonly TrialResult[], baseline: string | null): TableRow[] {
  const cells = new Map<string, TrialResult[]>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.backbone, trial.method]);
    const cell = cells.get(key);
    if (cell) cell.push(trial);
    else cells.set(key, [trial]);
  }
  return [...cells.values()].map((cell): TableRow => {
    const { backbone, method, parameters, flopsPerRow } = cell[0]!;
    const plain =
      baseline === null || method === baseline ? [] : (cells.get(JSON.stringify([backbone, baseline])) ?? []);
    return {
      backbone,
      method,
      seeds: cell.length,
      auc: statOf(cell.map((trial) => trial.metrics.auc)),
      gauc: statOf(cell.map((trial) => trial.metrics.gauc)),
      ...(cell.every(({ metrics }) => metrics.groupGauc !== undefined) && {
        groupGauc: statOf(cell.map(({ metrics }) => metrics.groupGauc!)),
      }),
      logLoss: statOf(cell.map((trial) => trial.metrics.logLoss)),
      parameters,
      flopsPerRow,
      stepMs: median(cell.map((trial) => trial.stepMs)),
      gain: gainOf(cell, plain),
    };
  });
}

function gainOf(cell: readonly TrialResult[], plain: readonly TrialResult[]): TableRow['gain'] {
  const gains = cell.flatMap(({ seed, metrics }) => {
    const base = plain.find((trial) => trial.seed === seed)?.metrics.auc;
    return metrics.auc === null || base === null || base === undefined ? [] : [metrics.auc - base];
  });
  const stat = statOf(gains);
  return stat && { ...stat, wins: gains.filter((gain) => gain > 0).length };
}

/** null where a value is missing: a mean over fewer seeds than the line says would mislead. */
export function statOf(values: readonly (number | null)[]): Stat | null {
  const numbers = values.filter((value) => value !== null);
  if (numbers.length === 0 || numbers.length < values.length) return null;
  const n = numbers.length;
  const mean = numbers.reduce((a, b) => a + b, 0) / n;
  if (n === 1) return { mean, std: null, n };
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, std: Math.sqrt(variance), n };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
