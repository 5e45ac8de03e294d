import { describe, expect, it } from 'vitest';
import { openSearch, type SearchOptions, type SearchRequest, type TrialScore } from '../src/index.js';
import { space, runAll, peak, closest, halving } from './scored.js';

const random = { kind: 'random', trials: 27, seed: 1, space } as SearchOptions;
const grid = (values: number[][], trials: number) =>
  ({
    kind: 'grid',
    trials,
    space: Object.fromEntries(values.map((one, i) => [`training.${'abc'[i]}`, { values: one }])),
  }) as SearchOptions;

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
    const narrower = { 'plugins[0].a': { values: [1, 2] } };
    expect(() =>
      openSearch(
        grid(
          [
            [1, 2],
            [3, 4, 5],
          ],
          6,
        ),
        { epochs: 1, methodSpace: narrower },
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
