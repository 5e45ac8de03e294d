import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg,
  correctedTTest,
  holm,
  meanInterval,
  pairedTTest,
  signedRankTest,
  signTest,
} from '../src/index.js';
import { fixtures, relativeError } from './fixtures.js';

describe('the paired t-test', () => {
  it.each(fixtures.tTests)('of $values.length differences at $level', ({ values, level, ...wanted }) => {
    const { interval, ...found } = pairedTTest(values, level);
    expect(found.n).toBe(values.length);
    expect(relativeError(found.mean, wanted.mean)).toBeLessThan(1e-12);
    expect(relativeError(found.std, wanted.std)).toBeLessThan(1e-9);
    expect(relativeError(found.t, wanted.t)).toBeLessThan(1e-9);
    expect(relativeError(found.p, wanted.p)).toBeLessThan(1e-8);
    expect(interval.level).toBe(level);
    expect(Math.abs(interval.low - wanted.low)).toBeLessThan(1e-10 * (wanted.high - wanted.low));
    expect(Math.abs(interval.high - wanted.high)).toBeLessThan(1e-10 * (wanted.high - wanted.low));
  });

  it('has p = 1 for no difference at all, and p = 0 for one without any spread', () => {
    expect(pairedTTest([0, 0, 0])).toMatchObject({ t: 0, p: 1, std: 0, interval: { low: 0, high: 0 } });
    // The mean of three tenths is not a tenth in floating point.
    expect(pairedTTest([0.1, 0.1, 0.1])).toMatchObject({ t: Infinity, p: 0, std: 0 });
    expect(pairedTTest([-0.1, -0.1])).toMatchObject({ t: -Infinity, p: 0 });
  });

  it('turns round with its sign', () => {
    const [one, other] = [pairedTTest([1, 2, 4]), pairedTTest([-1, -2, -4])];
    expect([other.p, other.t, other.interval.low]).toEqual([one.p, -one.t, -one.interval.high]);
  });

  it('refuses one difference, what is no number, and a level in percent', () => {
    expect(() => pairedTTest([0.1])).toThrow(/^MDCTR_STATISTICS_INPUT: Too few values\.\n {2}expected {2}2 or more/);
    expect(() => pairedTTest([0.1, NaN, 1])).toThrow('NaN at index 1');
    expect(() => meanInterval([1, 2], 95)).toThrow('no confidence level');
  });
});

describe('the corrected t-test', () => {
  const values = [0.01, 0.02, -0.005, 0.012];

  it('is the paired one without overlap', () => {
    const { interval, ...plain } = pairedTTest(values);
    const { interval: found, ...corrected } = correctedTTest(values, 0);
    expect(corrected).toMatchObject({ mean: plain.mean, std: plain.std, freedom: 3 });
    expect(relativeError(corrected.p, plain.p)).toBeLessThan(1e-12);
    expect(relativeError(found.high, interval.high)).toBeLessThan(1e-12);
  });

  it('has the variance of the mean that Nadeau and Bengio give it', () => {
    const { t, interval, mean, std } = correctedTTest(values, 0.25);
    expect(t).toBeCloseTo(mean / (std * Math.sqrt(1 / 4 + 0.25)), 12);
    // Twice the variance of four values alone.
    const plain = pairedTTest(values).interval;
    expect((interval.high - interval.low) / (plain.high - plain.low)).toBeCloseTo(Math.SQRT2, 12);
  });

  it('refuses a negative overlap', () => {
    expect(() => correctedTTest(values, -0.1)).toThrow('no share of test rows');
    expect(() => correctedTTest(values, NaN)).toThrow('no share of test rows');
  });
});

describe('exact tests', () => {
  it.each(fixtures.signTests)('signs: %j', ({ values, p }) => {
    expect(relativeError(signTest(values).p, p)).toBeLessThan(1e-12);
  });

  it('signs: differences of 0 do not count', () => {
    expect(signTest([0, 1, 0, -1, 2])).toMatchObject({ wins: 2, losses: 1 });
    expect(signTest([0, 0]).p).toBe(1);
  });

  it.each(fixtures.signedRanks)('signed ranks: %j', ({ values, positive, p }) => {
    const found = signedRankTest(values);
    expect(found.positive).toBe(positive);
    expect(found.negative).toBe((found.n * (found.n + 1)) / 2 - positive);
    expect(relativeError(found.p, p)).toBeLessThan(1e-12);
  });

  it('signed ranks: no difference at all, one, and too many', () => {
    expect(signedRankTest([0, 0])).toEqual({ positive: 0, negative: 0, n: 0, p: 1 });
    expect(signedRankTest([3]).p).toBe(1);
    expect(() => signedRankTest(new Array<number>(501).fill(1))).toThrow('Too many pairs');
    expect(() => signTest([])).toThrow('Too few');
  });
});

describe('corrections', () => {
  it.each(fixtures.corrections)('of $p', ({ p, ...wanted }) => {
    holm(p).forEach((value, i) => expect(relativeError(value, wanted.holm[i]!)).toBeLessThan(1e-12));
    benjaminiHochberg(p).forEach((value, i) => {
      expect(relativeError(value, wanted.benjaminiHochberg[i]!)).toBeLessThan(1e-12);
    });
  });

  it('of nothing are nothing; of what is no p value, an error', () => {
    expect(holm([])).toEqual([]);
    expect(() => holm([0.1, 1.2])).toThrow('1.2 at index 1');
    expect(() => benjaminiHochberg([NaN])).toThrow('no p value');
  });
});
