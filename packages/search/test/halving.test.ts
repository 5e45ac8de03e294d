import { describe, expect, it } from 'vitest';
import { openSearch, type SearchOptions, type TrialScore } from '../src/index.js';
import { runAll, type Score, scored, peak, closest, halving } from './scored.js';

describe('halving', () => {
  it.each([
    [
      27,
      9,
      3,
      1,
      [
        [27, 1],
        [9, 3],
        [3, 9],
      ],
    ],
    [
      8,
      9,
      3,
      1,
      [
        [8, 3],
        [2, 9],
      ],
    ],
    [
      8,
      10,
      2,
      2,
      [
        [8, 3],
        [4, 5],
        [2, 10],
      ],
    ],
    [2, 9, 3, 1, [[2, 9]]],
    [27, 2, 3, 1, [[27, 2]]],
    [
      100,
      27,
      3,
      4,
      [
        [100, 9],
        [33, 27],
      ],
    ],
  ])('of %i trials and %i epochs, factor %i, at least %i', (trials, epochs, factor, minEpochs, rungs) => {
    const search = openSearch({ ...halving, trials, factor, minEpochs } as SearchOptions, { epochs });
    expect(search.rungs.map((rung) => [rung.trials, rung.epochs])).toEqual(rungs);
  });

  it('has fewer trials and more epochs in each rung, the first with all trials and the last with all epochs', () => {
    for (let trials = 1; trials < 40; trials += 3) {
      for (let epochs = 1; epochs < 30; epochs += 2) {
        for (const factor of [2, 3, 4]) {
          const { rungs } = openSearch({ ...halving, trials, factor } as SearchOptions, { epochs });
          expect(rungs[0]!.trials).toBe(trials);
          expect(rungs.at(-1)!.epochs).toBe(epochs);
          for (const [i, rung] of rungs.entries()) {
            expect(Math.min(rung.trials, rung.epochs)).toBeGreaterThanOrEqual(1);
            if (i === 0) continue;
            expect(rung.trials).toBeLessThan(rungs[i - 1]!.trials);
            expect(rung.epochs).toBeGreaterThan(rungs[i - 1]!.epochs);
          }
        }
      }
    }
  });

  it('sends the best of a rung on, and finds the best of all', () => {
    const search = openSearch(halving, { epochs: 9 });
    const { best, asked, results } = runAll(search, peak);
    expect(asked.map((batch) => batch.length)).toEqual([27, 9, 3]);
    for (const [rung, batch] of asked.entries()) {
      if (rung === 0) continue;
      const before = results.filter((result) => result.rung === rung - 1);
      const best = [...before].sort((a, b) => b.score! - a.score!).slice(0, batch.length);
      expect(batch.map(({ number }) => number)).toEqual(best.map(({ number }) => number));
    }
    expect([best!.number, best!.rung, best!.epochs]).toEqual([closest(search), 2, 9]);
  });

  it('judges by the last rung: what was best after few epochs need not be best after all', () => {
    const late: Score = ({ number, epochs }) => (epochs < 9 ? number : number === 25 ? 1 : 0);
    expect(runAll(openSearch(halving, { epochs: 9 }), late).best!.number).toBe(25);
  });

  it('goes on with those that are left where trials failed, and falls back on the rung before', () => {
    const few: Score = ({ number, rung }) => (rung === 0 && number % 7 > 0 ? null : rung < 2 ? number : null);
    const { asked, best } = runAll(openSearch(halving, { epochs: 9 }), few);
    expect(asked.map((batch) => batch.map(({ number }) => number))[1]).toEqual([21, 14, 7, 0]);
    expect(asked[2]).toHaveLength(3);
    expect([best!.number, best!.rung]).toEqual([21, 1]);
  });

  it('can be broken off after any trial and does not depend on the order in which trials end', () => {
    const whole = runAll(openSearch(halving, { epochs: 9 }), peak);
    const backwards = runAll(openSearch(halving, { epochs: 9 }), peak, (trials) => [...trials].reverse());
    expect(backwards.best).toEqual(whole.best);
    expect(backwards.asked).toEqual(whole.asked);
    // One trial at a time, the last of what is asked for, by a search that is opened anew each time.
    const results: TrialScore[] = [];
    for (;;) {
      const step = openSearch(halving, { epochs: 9 }).next(results);
      if (step.done) {
        expect(step.best).toEqual(whole.best);
        break;
      }
      results.unshift(...scored([step.run.at(-1)!], peak));
    }
    expect(results).toHaveLength(whole.results.length);
  });
});
