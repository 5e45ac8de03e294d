import { type Search, type SearchOptions, type SearchRequest, type TrialScore } from '../src/index.js';

export const space = { 'training.x': { low: 0, high: 1 } };
export const halving = { kind: 'halving', trials: 27, seed: 1, factor: 3, minEpochs: 1, space } as SearchOptions;

export type Score = (trial: SearchRequest) => number | null;
export const scored = (trials: readonly SearchRequest[], score: Score): TrialScore[] =>
  trials.map((trial) => ({ number: trial.number, rung: trial.rung, score: score(trial) }));

/** Runs a search to its end; `order` is the order in which trials of one batch end. */
export function runAll(search: Search, score: Score, order = (trials: TrialScore[]) => trials) {
  const results: TrialScore[] = [];
  const asked: SearchRequest[][] = [];
  for (;;) {
    const step = search.next(results);
    if (step.done) return { best: step.best, asked, results };
    asked.push([...step.run]);
    results.push(...order(scored(step.run, score)));
  }
}

/** Best at x = 0.3, and the more epochs the better. */
export const peak: Score = ({ values, epochs }) => -((Number(values['training.x']) - 0.3) ** 2) + epochs / 1000;
export const closest = (search: Search): number =>
  [...search.candidates].sort(
    (a, b) => Math.abs(Number(a.values['training.x']) - 0.3) - Math.abs(Number(b.values['training.x']) - 0.3),
  )[0]!.number;
