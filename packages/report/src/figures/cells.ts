import type { AnalysedStudy, TabulatedStudy } from '../analyses/analysed-study.js';
import type { CellKey } from '../results/cell-key.js';
import type { TableRow } from '../results/table-row.js';
import type { TrialResult } from '../results/trial.js';
import { cellKey } from '../table/cells.js';
import { sameRun } from '../table/runs.js';

/** One line of the table with the trials it is made of. */
export interface ReportCell extends CellKey {
  readonly row: TableRow;
  readonly trials: readonly TrialResult[];
}

/** A name that is the same wherever the cell is drawn. */
export const nameOf = ({ setting, backbone, method }: CellKey): string =>
  [setting, backbone, method].filter((part) => part !== undefined).join(' · ');

/** The same inside a figure of one setting. */
export const modelName = ({ backbone, method }: CellKey): string => `${backbone} · ${method}`;

export const sameCell = (a: CellKey, b: CellKey): boolean =>
  a.setting === b.setting && a.backbone === b.backbone && a.method === b.method;

/** The study's cells in the order of its table. */
export function reportCellsOf({ table, trials }: TabulatedStudy): ReportCell[] {
  return table.map((row) => ({ ...cellKey(row), row, trials: trials.filter((trial) => sameCell(trial, row)) }));
}

/**
 * Trials of a cell, each with the one of the baseline that has its setting, backbone, seed and fold; those without are
 * left out.
 */
export function baselinePairsOf(cell: ReportCell, { trials, baseline }: AnalysedStudy): [TrialResult, TrialResult][] {
  if (baseline === null || cell.method === baseline) return [];
  return cell.trials.flatMap((trial): [TrialResult, TrialResult][] => {
    const plain = trials.find((one) => sameCell(one, { ...trial, method: baseline }) && sameRun(one, trial));
    return plain ? [[trial, plain]] : [];
  });
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean of what is defined; null where nothing is. */
export function meanDefined(values: readonly (number | null | undefined)[]): number | null {
  const defined = values.filter((value) => typeof value === 'number');
  return defined.length === 0 ? null : mean(defined);
}

export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
