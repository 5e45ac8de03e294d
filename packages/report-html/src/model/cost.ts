import { cellKey } from '@mdctr/report/figures';
import { lastOf } from '@mdctr/base';
import { mainStat, type CellKey, type StudyResults } from '@mdctr/report';

/** What a model costs, and what it reaches. */
export interface CostPoint extends CellKey {
  readonly auc: number;
  readonly flopsPerRow: number;
  readonly stepMs: number;
  /** Absent in results of earlier versions. */
  readonly inferenceUs?: number;
  readonly parameters: number;
}

export type Cost = 'flopsPerRow' | 'parameters' | 'stepMs' | 'inferenceUs';

/** Cells that have an AUC for every seed. */
export function costsOf({ table }: StudyResults): CostPoint[] {
  return table.flatMap(({ flopsPerRow, stepMs, inferenceUs, parameters, ...row }) => {
    const auc = mainStat(row);
    const times = { stepMs, ...(inferenceUs !== undefined && { inferenceUs }) };
    return auc ? [{ ...cellKey(row), auc: auc.mean, flopsPerRow, parameters, ...times }] : [];
  });
}

/** Numbers that all points have. */
export const hasCost = (points: readonly CostPoint[], cost: Cost): boolean =>
  points.every((point) => point[cost] !== undefined);

/** Points that no other one beats: none is as cheap and better, or as good and cheaper. Cheapest first. */
export function paretoOf(points: readonly CostPoint[], cost: Cost): CostPoint[] {
  const line: CostPoint[] = [];
  for (const point of [...points].sort((a, b) => a[cost]! - b[cost]! || b.auc - a.auc)) {
    if (line.length === 0 || point.auc > lastOf(line).auc) line.push(point);
  }
  return line;
}
