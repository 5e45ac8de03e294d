import { reportCellsOf, cellKey } from '@mdctr/report/figures';
import type { CalibrationBin } from '@mdctr/metrics';
import { type CellKey, type StudyResults } from '@mdctr/report';

export interface Reliability extends CellKey {
  readonly bins: readonly CalibrationBin[];
}

/** Reliability curves by cell, the seeds pooled bin by bin. */
export function reliabilitiesOf(results: StudyResults): Reliability[] {
  return reportCellsOf(results).flatMap(({ trials, ...cell }): Reliability[] => {
    const runs = trials.flatMap(({ details }) => (details?.calibration?.length ? [details.calibration] : []));
    return runs.length === 0 ? [] : [{ ...cellKey(cell), bins: pool(runs) }];
  });
}

/**
 * Bins of one rank together, by their rows. Rows of one score share a bin, so a run may have fewer bins than another.
 */
export function pool(runs: readonly (readonly CalibrationBin[])[]): CalibrationBin[] {
  const longest = Math.max(...runs.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => {
    const bins = runs.flatMap((run) => run[i] ?? []);
    const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
    const of = (key: 'predicted' | 'observed'): number =>
      bins.reduce((sum, bin) => sum + bin.rows * bin[key], 0) / rows;
    return { rows, predicted: of('predicted'), observed: of('observed') };
  });
}
