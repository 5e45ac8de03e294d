import type { StudyResults, TableRow, TrialResult } from '@mdctr/report';

/** One line of the table with the trials it is made of. */
export interface Cell {
  readonly backbone: string;
  readonly method: string;
  readonly row: TableRow;
  readonly trials: readonly TrialResult[];
}

/** A name that is the same wherever the cell is drawn. */
export const nameOf = ({ backbone, method }: { backbone: string; method: string }): string => `${backbone} · ${method}`;

/** The study's cells in the order of its table. */
export function cellsOf({ table, trials }: StudyResults): Cell[] {
  return table.map((row) => {
    const { backbone, method } = row;
    return { backbone, method, row, trials: trials.filter((t) => t.backbone === backbone && t.method === method) };
  });
}

/** Trials of a cell, each with the one of the baseline that has its backbone and seed; those without are left out. */
export function pairsOf(cell: Cell, { trials, baseline }: StudyResults): [TrialResult, TrialResult][] {
  if (baseline === null || cell.method === baseline) return [];
  return cell.trials.flatMap((trial): [TrialResult, TrialResult][] => {
    const plain = trials.find(
      ({ backbone, method, seed }) => backbone === cell.backbone && method === baseline && seed === trial.seed,
    );
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
