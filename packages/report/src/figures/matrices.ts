import { firstOf } from '@mdctr/base';
import type { DiagnosticMatrix } from '@mdctr/core';
import type { TabulatedStudy } from '../analyses/analysed-study.js';
import type { CellKey } from '../results/cell-key.js';
import type { TrialResult } from '../results/trial.js';
import { cellKey } from '../table/cells.js';
import { reportCellsOf, distinct, meanDefined } from './cells.js';

/** One map: what a plugin says of one cell, means over its seeds. */
export interface CellMatrix extends CellKey {
  readonly plugin: string;
  readonly name: string;
  readonly meaning: string;
  readonly domains: readonly string[];
  readonly range?: readonly [number, number];
  /** One panel a layer. */
  readonly panels: readonly Panel[];
  /** Domains left out: a map of more lines cannot be read. */
  readonly omitted: number;
}

export interface Panel {
  readonly layer: string;
  /** Epochs, or domains. */
  readonly columns: readonly string[];
  /** [domains][columns] */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Lines of a map; more are left out, the smallest domains first. */
const LINES = 30;
/** Columns of a map over epochs; of more, as many are shown as fit, evenly spaced, the last one among them. */
const EPOCHS = 12;

/** Maps of a number by domain and layer, one column an epoch. */
export function overTime(study: TabulatedStudy): CellMatrix[] {
  return reportCellsOf(study).flatMap((cell) => {
    const runs = cell.trials.flatMap(({ details }) => (details?.epochs?.length ? [details.epochs] : []));
    const longest = Math.max(0, ...runs.map(({ length }) => length));
    const epochs = spread(longest, EPOCHS);
    const at = (epoch: number): Keyed[] => runs.flatMap((run) => keyed(run[epoch]?.matrices ?? {}));
    const all = epochs.map((epoch) => ({ epoch, matrices: at(epoch) }));
    const keys = distinct(all.flatMap(({ matrices }) => matrices.map(({ key }) => key)));
    return keys.map((key): CellMatrix => {
      const of = all.map(({ epoch, matrices }) => ({ epoch, matrices: matrices.filter((one) => one.key === key) }));
      const first = firstOf(of.flatMap(({ matrices }) => matrices));
      const domains = first.matrix.rows.slice(0, LINES);
      const panels = first.matrix.columns.map((layer): Panel => {
        const values = domains.map((domain) => {
          return of.map(({ matrices }) => average(matrices.map(({ matrix }) => valueAt(matrix, domain, layer))));
        });
        return { layer, columns: of.map(({ epoch }) => String(epoch + 1)), values };
      });
      return { ...headOf(first, cell), domains, panels, omitted: first.matrix.rows.length - domains.length };
    });
  });
}

/** Maps of a number by pair of domains, after the best epoch. */
export function betweenDomains(study: TabulatedStudy): CellMatrix[] {
  return reportCellsOf(study).flatMap((cell) => {
    const pairs = cell.trials.flatMap(diagnosticsOf).filter(({ matrix }) => matrix.columnsAre === 'domains');
    return distinct(pairs.map(({ key }) => key)).map((key): CellMatrix => {
      const of = pairs.filter((one) => one.key === key);
      const domains = firstOf(of).matrix.rows.slice(0, LINES);
      const panels = distinct(of.map(({ matrix }) => matrix.layer ?? '')).map((layer): Panel => {
        const seeds = of.filter(({ matrix }) => (matrix.layer ?? '') === layer);
        const values = domains.map((a) =>
          domains.map((b) => average(seeds.map(({ matrix }) => valueAt(matrix, a, b)))),
        );
        return { layer, columns: domains, values };
      });
      return {
        ...headOf(firstOf(of), cell),
        domains,
        panels,
        omitted: firstOf(of).matrix.rows.length - domains.length,
      };
    });
  });
}

/** A matrix with the plugin it is of. */
interface Keyed {
  readonly key: string;
  readonly plugin: string;
  readonly matrix: DiagnosticMatrix;
}

const keyed = (byPlugin: Readonly<Record<string, readonly DiagnosticMatrix[]>>): Keyed[] =>
  Object.entries(byPlugin).flatMap(([plugin, matrices]) =>
    matrices.map((matrix) => ({ key: JSON.stringify([plugin, matrix.name]), plugin, matrix })),
  );

const diagnosticsOf = ({ details }: TrialResult): Keyed[] =>
  keyed(
    Object.fromEntries(
      Object.entries(details?.diagnostics ?? {}).map(([plugin, { matrices = [] }]) => [plugin, matrices]),
    ),
  );

function headOf({ plugin, matrix }: Keyed, cell: CellKey) {
  const { name, meaning, range } = matrix;
  return { plugin, ...cellKey(cell), name, meaning, ...(range && { range }) };
}

/** Four digits are more than a colour shows; pages of many maps are made of these numbers. */
function average(values: readonly (number | null)[]): number | null {
  const mean = meanDefined(values);
  return mean === null ? null : Math.round(mean * 1e4) / 1e4;
}

function valueAt({ rows, columns, values }: DiagnosticMatrix, row: string, column: string): number | null {
  return values[rows.indexOf(row)]?.[columns.indexOf(column)] ?? null;
}

/** At most `count` of the numbers below `length`, evenly spaced, with the first and the last. */
export function spread(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
}
