import { reportCellsOf, cellKey, meanDefined } from '@mdctr/report/figures';
import { type CellKey, type StudyResults } from '@mdctr/report';

/** Means over the seeds of a cell that came as far as an epoch. */
export interface CurvePoint {
  readonly epoch: number;
  readonly seeds: number;
  readonly loss: number | null;
  readonly auc: number | null;
  readonly logLoss: number | null;
}

export interface Curve extends CellKey {
  readonly points: readonly CurvePoint[];
}

/** Learning curves by cell; cells whose trials have none are left out. */
export function curvesOf(results: StudyResults): Curve[] {
  return reportCellsOf(results).flatMap(({ trials, ...cell }): Curve[] => {
    const runs = trials.flatMap(({ details }) => (details?.epochs?.length ? [details.epochs] : []));
    const longest = Math.max(0, ...runs.map(({ length }) => length));
    const points = Array.from({ length: longest }, (_, i): CurvePoint => {
      const at = runs.flatMap((run) => run[i] ?? []);
      const of = (name: string): number | null => meanDefined(at.map(({ metrics }) => metrics[name]));
      const loss = meanDefined(at.map((one) => one.loss));
      return { epoch: i + 1, seeds: at.length, loss, auc: of('auc'), logLoss: of('logLoss') };
    });
    return points.length === 0 ? [] : [{ ...cellKey(cell), points }];
  });
}
