import { reportCellsOf, cellKey, meanDefined } from '@mdctr/report/figures';
import { type CellKey, type EvaluationOutcome, type StudyResults } from '@mdctr/report';

/** Means over the seeds of a cell that came as far as an evaluation. */
export interface CurvePoint {
  /** Epochs done, with fractions for an evaluation within an epoch. */
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
    const runs = trials.map(({ details }) => details?.evaluations ?? details?.epochs ?? []);
    const points = alignedRuns(runs).map((at): CurvePoint => {
      const of = (name: string): number | null => meanDefined(at.map(({ metrics }) => metrics[name]));
      const epoch = meanDefined(at.map(epochsOf))!;
      const loss = meanDefined(at.map((one) => one.loss));
      return { epoch, seeds: at.length, loss, auc: of('auc'), logLoss: of('logLoss') };
    });
    points.sort((a, b) => a.epoch - b.epoch);
    return points.length === 0 ? [] : [{ ...cellKey(cell), points }];
  });
}

const epochsOf = ({ epoch, epochsDone = epoch }: EvaluationOutcome): number => epochsDone;

/**
 * The evaluations of several runs that stand at the same place: the ends of an epoch together, and those within one by their number
 * there. Runs on splits of their own may have a step more or less an epoch, so the fractions themselves need not agree.
 */
function alignedRuns(runs: readonly (readonly EvaluationOutcome[])[]): EvaluationOutcome[][] {
  const places = new Map<string, EvaluationOutcome[]>();
  for (const run of runs) {
    const within = new Map<number, number>();
    for (const one of run) {
      const { epoch } = one;
      const number = (within.get(epoch) ?? 0) + 1;
      within.set(epoch, number);
      const place = epochsOf(one) === epoch ? `${epoch}` : `${epoch}/${epochsOf(one) === 0 ? 'start' : number}`;
      places.set(place, [...(places.get(place) ?? []), one]);
    }
  }
  return [...places.values()];
}
