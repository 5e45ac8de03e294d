import { describe, expect, it } from 'vitest';
import { openSearch, type Search, type SearchOptions, type SearchRequest, type TrialScore } from '../src/index.js';

const space = { 'training.x': { low: 0, high: 1 } };
const random = { kind: 'random', trials: 27, seed: 1, space } as SearchOptions;
const halving = { kind: 'halving', trials: 27, seed: 1, factor: 3, minEpochs: 1, space } as SearchOptions;
const grid = (values: number[][], trials: number) =>
  ({
    kind: 'grid',
    trials,
    space: Object.fromEntries(values.map((one, i) => [`training.${'abc'[i]}`, { values: one }])),
  }) as SearchOptions;

type Score = (trial: SearchRequest) => number | null;
const scored = (trials: readonly SearchRequest[], score: Score): TrialScore[] =>
  trials.map((trial) => ({ number: trial.number, rung: trial.rung, score: score(trial) }));

/** Runs a search to its end; `order` is the order in which trials of one batch end. */
function runAll(search: Search, score: Score, order = (trials: TrialScore[]) => trials) {
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
const peak: Score = ({ values, epochs }) => -((Number(values['training.x']) - 0.3) ** 2) + epochs / 1000;
const closest = (search: Search): number =>
  [...search.candidates].sort(
    (a, b) => Math.abs(Number(a.values['training.x']) - 0.3) - Math.abs(Number(b.values['training.x']) - 0.3),
  )[0]!.number;

describe('a search', () => {
  it('of draws asks for all trials at once, and takes the best', () => {
    const search = openSearch(random, { epochs: 9 });
    const { best, asked } = runAll(search, peak);
    expect(asked.map((batch) => batch.length)).toEqual([27]);
    expect(new Set(asked[0]!.map(({ epochs }) => epochs))).toEqual(new Set([9]));
    expect(best!.number).toBe(closest(search));
    expect(Math.abs(Number(best!.values['training.x']) - 0.3)).toBeLessThan(1 / 27);
  });

  it('of a grid tries its product, in the order of the config', () => {
    const search = openSearch(
      grid(
        [
          [1, 2],
          [3, 4, 5],
        ],
        6,
      ),
      { epochs: 1 },
    );
    expect(search.candidates.map(({ values }) => Object.values(values))).toEqual([
      ...[3, 4, 5].map((b) => [1, b]),
      ...[3, 4, 5].map((b) => [2, b]),
    ]);
    expect(openSearch(grid([[1, 2]], 6), { epochs: 1 }).rungs).toEqual([{ trials: 2, epochs: 1 }]);
  });

  it('refuses a grid that is larger than the number of trials, and a range without points', () => {
    expect(() =>
      openSearch(
        grid(
          [
            [1, 2],
            [3, 4, 5],
          ],
          5,
        ),
        { epochs: 1 },
      ),
    ).toThrow('6 or more, for 2 x 3 points');
    const own = { 'plugins[0].a': { values: [1, 2] } };
    expect(() =>
      openSearch(
        grid(
          [
            [1, 2],
            [3, 4, 5],
          ],
          6,
        ),
        { epochs: 1, own },
      ),
    ).toThrow('MDCTR_SEARCH_GRID');
    expect(() => openSearch({ ...random, kind: 'grid' } as SearchOptions, { epochs: 1 })).toThrow('Say how many');
  });

  it('tries a point that was drawn twice once', () => {
    const few = { 'training.x': { values: [1, 2] } };
    for (const options of [random, halving]) {
      const { candidates, rungs } = openSearch({ ...options, space: few }, { epochs: 9 });
      expect(candidates.map(({ values }) => values['training.x']).sort()).toEqual([1, 2]);
      expect(candidates[0]!.number).toBe(0);
      expect(rungs[0]!.trials).toBe(2);
    }
    expect(openSearch({ ...random, space: {} }, { epochs: 9 }).candidates).toEqual([{ number: 0, values: {} }]);
  });

  it('takes the trial that came first among equals', () => {
    for (const options of [random, halving]) {
      const reverse = (trials: TrialScore[]) => [...trials].reverse();
      const { best, asked } = runAll(openSearch(options, { epochs: 9 }), () => 0.5, reverse);
      expect(best!.number).toBe(0);
      expect(asked.at(-1)!.map(({ number }) => number)).toEqual(asked.at(-1)!.map((_, i) => i));
    }
  });

  it('takes the lower number among equals of the last rung, whatever they were before', () => {
    const search = openSearch(halving, { epochs: 9 });
    const { best, asked } = runAll(search, ({ rung, number }) => (rung < 2 ? number : 1));
    expect(asked[2]!.map(({ number }) => number)).toEqual([26, 25, 24]);
    expect(best!.number).toBe(24);
  });

  it('counts a failed trial as worst, and has no best where all failed', () => {
    const failsAbove = ({ values }: SearchRequest): number | null => {
      const x = Number(values['training.x']);
      return x < 0.5 ? -1e9 * x : x < 0.7 ? null : x < 0.9 ? NaN : Infinity;
    };
    for (const options of [random, halving]) {
      expect(Number(runAll(openSearch(options, { epochs: 9 }), failsAbove).best!.values['training.x'])).toBeLessThan(
        0.1,
      );
      expect(runAll(openSearch(options, { epochs: 9 }), () => null).best).toBeNull();
    }
  });

  it('refuses results that it has not asked for, and two of one trial', () => {
    const search = openSearch(halving, { epochs: 9 });
    const result = { number: 0, rung: 0, score: 1 };
    expect(() => search.next([{ ...result, number: 27 }])).toThrow('has not asked for');
    expect(() => search.next([{ ...result, rung: 1 }])).toThrow('has not asked for');
    expect(() => search.next([result, result])).toThrow('Two results');
    const { results } = runAll(search, peak);
    expect(() => search.next([...results, { ...result, rung: 7 }])).toThrow('has not asked for');
  });
});

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
