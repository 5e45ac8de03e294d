import type { PlateauOptions } from './options.js';

/** What `plateau` remembers from evaluation to evaluation. Survives JSON. */
export interface PlateauState {
  /** Product of the reductions so far. */
  readonly factor: number;
  /** Best score so far, larger is better; null before the first. */
  readonly best: number | null;
  /** Evaluations in a row without a better score. */
  readonly waited: number;
  /** Evaluations that do not count any more. */
  readonly cooling: number;
}

export const newPlateau: PlateauState = { factor: 1, best: null, waited: 0, cooling: 0 };

/** The state after one more evaluation with this score; undefined where the metric was not defined: such an evaluation does not count. */
export function afterEvaluation(
  { factor, best, waited, cooling }: PlateauState,
  score: number | undefined,
  options: PlateauOptions,
): PlateauState {
  if (score === undefined) return { factor, best, waited, cooling };
  if (best === null || score > best + options.minDelta) {
    return { factor, best: score, waited: 0, cooling: Math.max(0, cooling - 1) };
  }
  if (cooling > 0) return { factor, best, waited: 0, cooling: cooling - 1 };
  if (waited + 1 < options.patience) return { factor, best, waited: waited + 1, cooling };
  const lower = Math.max(options.minFactor, factor * options.factor);
  return { factor: lower, best, waited: 0, cooling: options.cooldown };
}
