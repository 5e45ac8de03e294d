/** An evaluation with its score, larger is better; null where the metric was not defined. */
export interface JudgedEvaluation {
  /** From 1 for the first after the first step; 0 for one before it. Patience counts these. */
  readonly evaluation: number;
  readonly epoch: number;
  readonly step: number;
  readonly score: number | null;
}

/** The evaluations that count for what comes next. Survives JSON. */
export interface Selection {
  /** The evaluation with the best score so far, whose weights are kept. */
  readonly best: JudgedEvaluation;
  /** The last one that was better than the one here before by more than `minDelta`: patience counts from it. */
  readonly gain: JudgedEvaluation;
}

/**
 * The selection after one more evaluation. Evaluations without a score are the best until there is one with a score: without
 * validation rows the last one counts, and no patience runs out.
 */
export function selectAfter(before: Selection | null, now: JudgedEvaluation, minDelta: number): Selection {
  if (!before) return { best: now, gain: now };
  return {
    best: beats(now, before.best, 0) ? now : before.best,
    gain: beats(now, before.gain, minDelta) ? now : before.gain,
  };
}

function beats({ score }: JudgedEvaluation, other: JudgedEvaluation, by: number): boolean {
  return other.score === null || (score !== null && score > other.score + by);
}
