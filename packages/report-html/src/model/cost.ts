import type { StudyResults } from '@mdctr/report';

/** What a model costs, and what it reaches. */
export interface CostPoint {
  readonly backbone: string;
  readonly method: string;
  readonly auc: number;
  readonly flopsPerRow: number;
  readonly stepMs: number;
  readonly parameters: number;
}

export type Cost = 'flopsPerRow' | 'stepMs' | 'parameters';

/** Cells that have an AUC for every seed. */
export function costsOf({ table }: StudyResults): CostPoint[] {
  return table.flatMap(({ backbone, method, auc, flopsPerRow, stepMs, parameters }) =>
    auc ? [{ backbone, method, auc: auc.mean, flopsPerRow, stepMs, parameters }] : [],
  );
}

/** Points that no other one beats: none is as cheap and better, or as good and cheaper. Cheapest first. */
export function paretoOf(points: readonly CostPoint[], cost: Cost): CostPoint[] {
  const line: CostPoint[] = [];
  for (const point of [...points].sort((a, b) => a[cost] - b[cost] || b.auc - a.auc)) {
    if (line.length === 0 || point.auc > line.at(-1)!.auc) line.push(point);
  }
  return line;
}
