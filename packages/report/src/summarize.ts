import { gainsOf, type Comparison } from './gains.js';
import type { TableRow, TrialResult } from './results.js';
import { median, statOf } from './stat.js';

/**
 * Lines of the table in the order of the trials. Gains are paired by seed against `baseline` on the same backbone, tested,
 * and corrected for all comparisons of the table.
 */
export function summarize(trials: readonly TrialResult[], baseline: string | null): TableRow[] {
  const cells = new Map<string, TrialResult[]>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.backbone, trial.method]);
    const cell = cells.get(key);
    if (cell) cell.push(trial);
    else cells.set(key, [trial]);
  }
  const lines = [...cells.values()];
  const comparisons = lines.map((own): Comparison => {
    const { backbone, method } = own[0]!;
    const compared = baseline !== null && method !== baseline;
    return { own, baseline: (compared && cells.get(JSON.stringify([backbone, baseline]))) || [] };
  });
  const gains = {
    auc: gainsOf(comparisons, 'auc'),
    gauc: gainsOf(comparisons, 'gauc'),
    groupGauc: gainsOf(comparisons, 'groupGauc'),
    logLoss: gainsOf(comparisons, 'logLoss'),
  };
  return lines.map((cell, line): TableRow => {
    const { backbone, method, parameters, flopsPerRow } = cell[0]!;
    const grouped = cell.every(({ metrics }) => metrics.groupGauc !== undefined);
    return {
      backbone,
      method,
      seeds: cell.length,
      auc: statOf(cell.map((trial) => trial.metrics.auc)),
      gauc: statOf(cell.map((trial) => trial.metrics.gauc)),
      ...(grouped && { groupGauc: statOf(cell.map(({ metrics }) => metrics.groupGauc!)) }),
      logLoss: statOf(cell.map((trial) => trial.metrics.logLoss)),
      parameters,
      flopsPerRow,
      stepMs: median(cell.map((trial) => trial.stepMs)),
      gain: gains.auc[line]!,
      gaucGain: gains.gauc[line]!,
      ...(grouped && { groupGaucGain: gains.groupGauc[line]! }),
      logLossGain: gains.logLoss[line]!,
    };
  });
}
