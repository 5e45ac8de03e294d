import { describe, expect, it } from 'vitest';
import {
  aucDifference,
  foldAucDifference,
  delongTest,
  gaucDifference,
  meanDifference,
  pairedTTest,
  placements,
  rowTest,
  seedsAndRowsTest,
} from '../src/index.js';
import { fixtures, relativeError } from './fixtures.js';

describe("DeLong's test", () => {
  it.each(fixtures.delong)('$name', ({ labels, first, second, groups, ...wanted }) => {
    const found = delongTest(first, second, labels);
    found.aucs.forEach((auc, i) => expect(relativeError(auc, wanted.aucs[i]!)).toBeLessThan(1e-12));
    expect(relativeError(found.standardError, wanted.error)).toBeLessThan(1e-11);
    expect(relativeError(found.z, wanted.z)).toBeLessThan(1e-11);
    expect(relativeError(found.p, wanted.p)).toBeLessThan(1e-9);
    expect(found.interval.high - found.interval.low).toBeCloseTo(2 * 1.959963984540054 * wanted.error, 12);
    // Obuchowski divides by m^2 where DeLong divides by m (m - 1).
    const grouped = delongTest(first, second, labels, { groups: Int32Array.from(groups) });
    const positives = labels.filter((label) => label === 1).length;
    const least = Math.min(positives, labels.length - positives);
    const ratio = (grouped.standardError / wanted.groupedError) ** 2;
    expect(ratio).toBeGreaterThan(0.999999);
    expect(ratio).toBeLessThan(least / (least - 1) + 1e-6);
  });

  it('is the same for float32 scores, plain lists, and orders of the rows, in thousands of rows', () => {
    const rows = 5000;
    const scores = [1, 2].map((k) => Float32Array.from({ length: rows }, (_, i) => Math.sin(k * i * 12.9898) ** 3));
    const labels = Int32Array.from({ length: rows }, (_, i) => (Math.cos(i * 78.233) > 0.4 ? 1 : 0));
    const [first, second] = scores as [Float32Array, Float32Array];
    const found = delongTest(first, second, labels);
    expect(delongTest([...first], [...second], labels)).toEqual(found);
    const slow = placements(
      [...first].slice(0, 2000).map((score) => score),
      labels.slice(0, 2000),
    );
    const fast = placements(Float32Array.from([...first.slice(0, 2000), ...first.slice(0, 2000)]), [
      ...labels.slice(0, 2000),
      ...labels.slice(0, 2000),
    ]);
    // Every row twice: the shares do not change.
    slow.values.forEach((value, i) => expect(fast.values[i]).toBeCloseTo(value, 12));
    const turned = delongTest(first.slice().reverse(), second.slice().reverse(), labels.slice().reverse());
    expect(turned.standardError).toBeCloseTo(found.standardError, 12);
  });

  it('of a model with itself, or with a monotone transform, shows nothing', () => {
    const { first, labels } = fixtures.delong[0]!;
    const doubled = first.map((score) => 2 * score);
    expect(delongTest(first, doubled, labels)).toMatchObject({ difference: 0, standardError: 0, z: 0, p: 1 });
  });

  it('of perfect against reversed order has no spread at all', () => {
    expect(delongTest([1, 2, 3, 4], [4, 3, 2, 1], [0, 0, 1, 1])).toMatchObject({ difference: 1, z: Infinity, p: 0 });
  });

  it('takes 0 and -0 for a tie', () => {
    expect(placements([0, -0], [1, 0]).auc).toBe(0.5);
    const zeros = Float32Array.from({ length: 4000 }, (_, i) => (i % 3 ? 0 : -0));
    expect(
      placements(
        zeros,
        [...zeros].map((_, i) => i % 2),
      ).auc,
    ).toBe(0.5);
  });

  it('refuses rows of one class, labels of another kind, scores that are no numbers', () => {
    expect(() => placements([1, 2], [1, 1])).toThrow('2 clicks in 2 rows');
    expect(() => delongTest([1, 2, 3], [1, 2, 3], [1, 0, 0])).toThrow('two rows of each class');
    expect(() => placements([1, 2], [1, -1])).toThrow('-1 at index 1');
    expect(() => placements([1, NaN], [1, 0])).toThrow('NaN at index 1');
    expect(() => placements([1], [1, 0])).toThrow('differ in length');
    const { first, second, labels } = fixtures.delong[0]!;
    const groups = new Int32Array(labels.length);
    expect(() => delongTest(first, second, labels, { groups })).toThrow('All rows are of one group');
    expect(() => delongTest(first, second, labels, { groups: groups.fill(-1) })).toThrow('has no group');
  });
});

describe('GAUC', () => {
  it.each(fixtures.delong)('of $name', ({ first, second, labels, groups, gauc, gaucError }) => {
    const found = rowTest(gaucDifference(first, second, labels, Int32Array.from(groups)));
    expect(Math.abs(found.difference - gauc)).toBeLessThan(1e-13);
    expect(relativeError(found.standardError, gaucError)).toBeLessThan(1e-11);
  });

  it('leaves out groups of one class, and needs two others', () => {
    const scores = [[1, 2, 3, 4, 5, 6] as const, [2, 1, 3, 4, 6, 5] as const] as const;
    const groups = Int32Array.of(0, 0, 5, 5, 2, 2);
    expect(gaucDifference(...scores, [0, 1, 1, 1, 0, 1], groups).influence).toHaveLength(2);
    expect(() => gaucDifference(...scores, [0, 1, 1, 1, 0, 0], groups)).toThrow('Too few groups');
    expect(() => gaucDifference(...scores, [0, 1, 1, 1, 0, 0], groups.slice(1))).toThrow('differ in length');
  });
});

describe('the difference of AUCs over folds', () => {
  const labels = Float32Array.of(0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0);
  const first = Float32Array.of(0.2, 0.7, 0.6, 0.5, 9, 8, 3, 5, 8.5, 1, 2);
  const second = Float32Array.of(0.3, 0.1, 0.4, 0.5, 1, 2, 3, 6, 4, 5, 2);

  it('is the mean of those of the folds, whatever the scale of each fold’s scores', () => {
    const parts = [0, 4].map((from, i) => {
      const [one, other, of] = [first, second, labels].map((list) => list.subarray(from, [4, 11][i]));
      return aucDifference(one!, other!, of!);
    });
    const found = foldAucDifference(first, second, labels, [4, 7]);
    expect(found.value).toBeCloseTo((parts[0]!.value + parts[1]!.value) / 2, 12);
    expect(found.aucs[0]).toBeCloseTo((parts[0]!.aucs[0] + parts[1]!.aucs[0]) / 2, 12);
    const variance = ({ influence }: { influence: Float64Array }) => influence.reduce((sum, one) => sum + one * one, 0);
    expect(variance(found)).toBeCloseTo((variance(parts[0]!) + variance(parts[1]!)) / 4, 12);
    expect(foldAucDifference(first, second, labels, [11])).toEqual(aucDifference(first, second, labels));
  });

  it('refuses folds that do not add up', () => {
    expect(() => foldAucDifference(first, second, labels, [4, 6])).toThrow('do not add up');
  });
});

describe('means over rows', () => {
  const [first, second] = [
    [0.3, 0.1, 0.9, 0.4],
    [0.2, 0.3, 0.5, 0.1],
  ] as const;

  it('have the variance of a mean', () => {
    const test = rowTest(meanDifference(first, second));
    const paired = pairedTTest(first.map((value, i) => value - second[i]!));
    expect(test.difference).toBeCloseTo(paired.mean, 14);
    expect(test.standardError).toBeCloseTo(paired.std / 2, 14);
  });

  it('with groups have that of the groups; rows in groups of their own are rows', () => {
    const difference = meanDifference(first, second);
    const [rows, alone] = [rowTest(difference), rowTest(difference, { groups: Int32Array.of(3, 1, 0, 2) })];
    expect(alone.standardError).toBeCloseTo(rows.standardError * Math.sqrt(4 / 3), 14);
    const twice = meanDifference([...first, ...first], [...second, ...second]);
    const pairs = Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3);
    // A row that stands there twice adds nothing, but for the n / (n - 1) of eight rows.
    expect(rowTest(twice, { groups: pairs }).standardError).toBeCloseTo(rows.standardError * Math.sqrt(8 / 7), 14);
  });

  it('with weights are weighted means', () => {
    const { value } = meanDifference(first, second, [1, 2, 3, 4]);
    expect(value).toBeCloseTo((0.1 - 0.4 + 1.2 + 1.2) / 10, 14);
    const even = meanDifference(first, second, [7, 7, 7, 7]);
    expect(rowTest(even).standardError).toBeCloseTo(rowTest(meanDifference(first, second)).standardError, 14);
    expect(() => meanDifference(first, second, [1, 0, 1, 1])).toThrow('0 at index 1');
  });
});

describe('seeds and rows', () => {
  it.each(fixtures.seedsAndRows)('$first.length seeds', ({ labels, first, second, ...wanted }) => {
    const found = seedsAndRowsTest(first.map((scores, seed) => aucDifference(scores, second[seed]!, labels)));
    expect(found.seeds).toBe(first.length);
    expect(Math.abs(found.difference - wanted.difference)).toBeLessThan(1e-13);
    expect(relativeError(found.standardError, wanted.error)).toBeLessThan(1e-10);
    if (wanted.freedom === null) expect(found.freedom).toBeGreaterThan(1e20);
    else expect(relativeError(found.freedom, wanted.freedom)).toBeLessThan(1e-9);
    expect(relativeError(found.p, wanted.p)).toBeLessThan(1e-8);
    expect(found.seedError ** 2 + found.rowError ** 2).toBeCloseTo(found.standardError ** 2, 14);
  });

  it('with models that no seed changes is the test over rows', () => {
    const { first, second, labels } = fixtures.delong[1]!;
    const difference = aucDifference(first, second, labels);
    const [rows, both] = [rowTest(difference), seedsAndRowsTest([difference, difference, difference])];
    expect(both.standardError).toBeCloseTo(rows.standardError, 14);
    expect(both.p).toBeCloseTo(rows.p, 12);
    expect(both.interval.low).toBeCloseTo(rows.interval.low, 12);
  });

  it('takes one seed after the other, and refuses one alone or other rows', () => {
    const difference = { value: 0.1, influence: Float64Array.of(0.1, -0.1) };
    expect(() => seedsAndRowsTest([difference])).toThrow('Too few seeds');
    const longer = { value: 0.2, influence: new Float64Array(3) };
    expect(() => seedsAndRowsTest([difference, longer])).toThrow('The rows of two seeds differ in length');
    function* seeds(): Generator<typeof difference> {
      yield difference;
      yield { value: 0.3, influence: Float64Array.of(-0.1, 0.1) };
    }
    expect(seedsAndRowsTest(seeds())).toMatchObject({ difference: 0.2, seeds: 2, rowError: 0, freedom: 1 });
  });
});
