import type { Rung, SearchRequest, TrialScore } from './trials.js';

/**
 * Rungs of synchronous successive halving, first to last: the last has all `epochs`, each before it 1 / factor of the next's
 * (rounded, at least `minEpochs`) and factor times its trials. There are as many as both trials and epochs allow.
 * Source: Jamieson & Talwalkar, AISTATS 2016, algorithm 1; rungs as in Li et al., JMLR 18 (2018), algorithm 1, one bracket.
 */
export function halvingRungs(trials: number, epochs: number, factor: number, minEpochs: number): Rung[] {
  let last = 0;
  while (trials >= factor ** (last + 1) && epochs >= minEpochs * factor ** (last + 1)) last++;
  return Array.from({ length: last + 1 }, (_, rung) => ({
    trials: Math.floor(trials / factor ** rung),
    epochs: Math.round(epochs / factor ** (last - rung)),
  }));
}

/** Trials from best to worst, equal ones by number; those that failed are left out, for nothing is gained by more of them. */
export function ranked<T extends SearchRequest>(trials: readonly T[], scores: ReadonlyMap<number, TrialScore>) {
  return trials
    .flatMap((trial) => {
      const score = scores.get(trial.number)?.score ?? NaN;
      return Number.isFinite(score) ? [{ ...trial, score }] : [];
    })
    .sort((a, b) => b.score - a.score || a.number - b.number);
}
