import { describe, expect, it } from 'vitest';
import { checkDimension, gridValues, valueAt } from '../src/dimension.js';
import { shares } from '../src/draws.js';
import { openSearch, type Dimension, type SearchOptions, type Space } from '../src/index.js';

const space: Space = {
  'training.optimizer.learningRate': { low: 1e-4, high: 1e-2, log: true },
  'training.batchSize': { low: 3, high: 7, integer: true },
  'backbone.hiddenUnits': { values: [[64], [128, 64]] },
};
const options = (more: object = {}): SearchOptions =>
  ({ kind: 'random', trials: 12, seed: 1, space, ...more }) as never;
const drawn = (of: SearchOptions, own?: Space) =>
  openSearch(of, { epochs: 4, ...(own && { methodSpace: own }) }).candidates.map(({ values }) => values);
const checked = (dimension: Dimension) => checkDimension(dimension, {});
const spread = (dimension: Dimension, count: number) =>
  Array.from({ length: count }, (_, i) => valueAt(checked(dimension), (i + 0.5) / count));

describe('draws', () => {
  it('are the same for a seed, and others for another', () => {
    expect(drawn(options())).toEqual(drawn(options()));
    expect(drawn(options())).not.toEqual(drawn(options({ seed: 2 })));
  });

  it('are the same of what two methods share, whatever else each has, and wherever it stands', () => {
    const reversed = Object.fromEntries(Object.entries(space).reverse());
    const narrower = { 'plugins[0].epsilon': { low: 0.05, high: 0.5 } };
    const more = drawn(options({ space: reversed }), narrower);
    expect(more.map((values) => Object.keys(values).length)).toEqual(Array(12).fill(4));
    const shared = more.map((values) => Object.fromEntries(Object.keys(space).map((path) => [path, values[path]])));
    expect(shared).toEqual(drawn(options()));
  });

  it('differ between dimensions of one kind', () => {
    expect(shares(1, 'training.a', 9)).not.toEqual(shares(1, 'training.b', 9));
  });

  it.each([1, 2, 5, 16])('have one share in each of %i equal parts', (count) => {
    for (let seed = 0; seed < 20; seed++) {
      const parts = shares(seed, 'training.a', count).map((share) => Math.floor(share * count));
      expect(parts.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }
  });

  it('put every share into every trial alike', () => {
    const firsts = Array.from({ length: 400 }, (_, seed) => Math.floor(shares(seed, 'training.a', 4)[0]! * 4));
    // A binomial of 400 and 1/4 has a standard deviation of 8.7.
    for (let part = 0; part < 4; part++) {
      expect(Math.abs(firsts.filter((one) => one === part).length - 100)).toBeLessThan(40);
    }
  });
});

describe('a dimension', () => {
  it('by ratios is uniform in the logarithm', () => {
    const values = spread({ low: 1e-4, high: 1e-2, log: true }, 100) as number[];
    expect(values.filter((value) => value < 1e-3)).toHaveLength(50);
    expect(Math.log(values[10]! / values[9]!)).toBeCloseTo(Math.log(100) / 100, 4);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...values)).toBeLessThanOrEqual(1e-2);
  });

  it('of whole numbers has each as often, both ends among them', () => {
    const values = spread({ low: 3, high: 7, integer: true }, 100) as number[];
    for (const value of [3, 4, 5, 6, 7]) expect(values.filter((one) => one === value)).toHaveLength(20);
    const doubling = spread({ low: 1, high: 64, integer: true, log: true }, 1000) as number[];
    expect(doubling.every(Number.isInteger)).toBe(true);
    expect([Math.min(...doubling), Math.max(...doubling)]).toEqual([1, 64]);
  });

  it('of steps has each as often, without rounding errors', () => {
    expect(spread({ low: 0.1, high: 0.45, step: 0.1 }, 4)).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(gridValues(checked({ low: 0, high: 0.3, step: 0.1 }))).toEqual([0, 0.1, 0.2, 0.3]);
  });

  it('of choices has each as often', () => {
    expect(spread({ values: ['a', null, [1]] }, 3)).toEqual(['a', null, [1]]);
  });

  it('has its ends in a grid, and numbers between at equal differences or ratios', () => {
    expect(gridValues(checked({ low: 0, high: 0.3, points: 4 }))).toEqual([0, 0.1, 0.2, 0.3]);
    expect(gridValues(checked({ low: 1e-4, high: 1e-2, log: true, points: 3 }))).toEqual([1e-4, 1e-3, 1e-2]);
    expect(gridValues(checked({ low: 1, high: 3, integer: true, points: 9 }))).toEqual([1, 2, 3]);
    expect(gridValues(checked({ low: 0, high: 1 }))).toBeUndefined();
  });

  it.each([
    [{}, 'needs choices or both ends'],
    [{ low: 1 }, 'needs choices or both ends'],
    [{ values: [1], log: true }, 'has no "log"'],
    [{ low: 1, high: 1 }, 'no numbers'],
    [{ low: 0, high: 1, log: true }, 'begins above 0'],
    [{ low: 1, high: 9, log: true, step: 1 }, 'has no steps'],
    [{ low: 0, high: 1, step: 2 }, 'longer than the range'],
    [{ low: 0.5, high: 4, integer: true }, 'whole numbers'],
    [{ low: 1, high: 4, integer: true, step: 0.5 }, 'whole numbers'],
  ] as [Dimension, string][])('is refused: %j', (dimension, says) => {
    expect(() => checked(dimension)).toThrow(says);
    expect(() => openSearch(options({ space: { 'training.x': dimension } }), { epochs: 1 })).toThrow(
      'MDCTR_SEARCH_DIMENSION',
    );
  });
});
