import { cellsOf, comparisonsOf } from './cells.js';
import { gainsOf } from './gains.js';
import type { TableRow, TrialResult } from './results.js';
import { median } from '@mdctr/base';
import { statOf } from './stat.js';

/**
 * Lines of the table in the order of the trials. Gains are paired by seed against `baseline` on the same backbone in the same setting, tested,
 * and corrected for all comparisons of the table.
 */
export function summarize(trials: readonly TrialResult[], baseline: string | null): TableRow[] {
  const cells = cellsOf(trials);
  const comparisons = comparisonsOf(cells, baseline);
  const gains = {
    auc: gainsOf(comparisons, 'auc'),
    gauc: gainsOf(comparisons, 'gauc'),
    groupGauc: gainsOf(comparisons, 'groupGauc'),
    logLoss: gainsOf(comparisons, 'logLoss'),
  };
  return cells.map(({ trials: cell }, line): TableRow => {
    const { setting, backbone, method, parameters, flopsPerRow } = cell[0]!;
    const grouped = cell.every(({ metrics }) => metrics.groupGauc !== undefined);
    return {
      ...(setting !== undefined && { setting }),
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
      inferenceUs: median(cell.map((trial) => trial.inferenceUs)),
      gain: gains.auc[line]!,
      gaucGain: gains.gauc[line]!,
      ...(grouped && { groupGaucGain: gains.groupGauc[line]! }),
      logLossGain: gains.logLoss[line]!,
    };
  });
}
