import type { DiagnosticMatrix } from '@mdctr/core';
import type { PluginStatisticsRow } from './types.js';
import type { TrialResult } from '../../results/trial.js';
import { statOf } from '../../table/stat.js';
import { matricesOf } from '../matrices.js';
import type { Part } from '../parts.js';

/**
 * One number a trial of each of a plugin's matrices by layer, after the best epoch: e.g. the sparsity that came about.
 */
export function pluginStatisticsOf(parts: readonly Part[]): PluginStatisticsRow[] {
  return parts.flatMap(({ cells }) =>
    cells.flatMap(({ key, trials }) => {
      const named = new Map(
        matricesOf(trials, 'layers').map((one) => [JSON.stringify([one.plugin, one.matrix.name]), one]),
      );
      return [...named.values()].flatMap(({ plugin, matrix: { name, meaning } }): PluginStatisticsRow[] => {
        const values = matricesOf(trials, 'layers')
          .filter((one) => one.plugin === plugin && one.matrix.name === name)
          .map(({ trial, matrix }) => scalarOf(matrix, trial));
        const value = statOf(values);
        return value ? [{ ...key, plugin, name, meaning, value }] : [];
      });
    }),
  );
}

/** Mean over domains by rows evaluated, then over layers; null where a matrix says nothing. */
export function scalarOf({ rows, columns, values }: DiagnosticMatrix, { details }: TrialResult): number | null {
  const weights = new Map(details!.domains.map((one) => [one.domain, one.rows]));
  const layers = columns.flatMap((_, column) => {
    let [sum, total] = [0, 0];
    rows.forEach((domain, row) => {
      const [value, weight] = [values[row]?.[column] ?? null, weights.get(domain) ?? 0];
      if (value !== null) [sum, total] = [sum + weight * value, total + weight];
    });
    return total > 0 ? [sum / total] : [];
  });
  return layers.length === 0 ? null : layers.reduce((a, b) => a + b, 0) / layers.length;
}
