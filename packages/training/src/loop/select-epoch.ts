/** An epoch with its score, larger is better; null where the metric was not defined. */
export interface JudgedEpoch {
  readonly epoch: number;
  readonly score: number | null;
}

/** The epochs that count for what comes next. Survives JSON. */
export interface Selection {
  /** The epoch with the best score so far, whose weights are kept. */
  readonly best: JudgedEpoch;
  /** The last one that was better than the one here before by more than `minDelta`: patience counts from it. */
  readonly gain: JudgedEpoch;
}

/**
 * The selection after one more epoch. Epochs without a score are the best until there is one with a score: without
 * validation rows the last epoch counts, and no patience runs out.
 */
export function selectAfter(before: Selection | null, now: JudgedEpoch, minDelta: number): Selection {
  if (!before) return { best: now, gain: now };
  return {
    best: beats(now, before.best, 0) ? now : before.best,
    gain: beats(now, before.gain, minDelta) ? now : before.gain,
  };
}

function beats({ score }: JudgedEpoch, other: JudgedEpoch, by: number): boolean {
  return other.score === null || (score !== null && score > other.score + by);
}
