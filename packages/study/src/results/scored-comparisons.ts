import { firstOf, getOrThrow, itemAt } from '@mdctr/base';
import { cellsOf, comparisonsOf, type ScoredComparison, type TrialResult } from '@mdctr/report';
import type { PlannedTrial, StudyPlan } from '../plan/types.js';
import { type TrialOutcome, hasFailed } from '../trial/outcome.js';

/**
 * What a test over seeds and rows takes: for each line of the table but the baseline's, its scores and the baseline's on the
 * same backbone in the same setting, seed by seed.
 * @param labels of the rows evaluated, by place of the setting.
 * @param scoresOf scores of a trial, or of a variant of it, by ascending row; asked for when they are needed.
 */
export function scoredComparisons(
  plan: StudyPlan,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  labels: readonly Float32Array[],
  scoresOf: (trial: PlannedTrial, variant: string | undefined) => Float32Array,
): ScoredComparison[] {
  const trials = new Map<TrialResult, PlannedTrial>();
  for (const trial of plan.trials) {
    const outcome = outcomes.get(trial.index);
    if (outcome && !hasFailed(outcome)) for (const line of outcome.lines) trials.set(line, trial);
  }
  const read = (line: TrialResult): Float32Array => scoresOf(getOrThrow(trials, line), line.variant);
  const cells = cellsOf([...trials.keys()]);
  return comparisonsOf(cells, plan.baseline).flatMap(({ trials: cellTrials, baseline }, i): ScoredComparison[] => {
    const pairs = cellTrials.flatMap((line) => {
      const other = baseline.find(({ seed }) => seed === line.seed);
      return other ? [[line, other] as const] : [];
    });
    if (pairs.length === 0) return [];
    return [
      {
        ...itemAt(cells, i).key,
        ...{ labels: itemAt(labels, getOrThrow(trials, firstOf(cellTrials)).setting), seeds: pairs.length },
        *pairs() {
          for (const [line, other] of pairs) yield [read(line), read(other)] as const;
        },
      },
    ];
  });
}
