import { describe, expect, it } from 'vitest';
import {
  bcaInterval,
  delongTest,
  meanDifference,
  pairedBootstrap,
  percentileInterval,
  rowTest,
  weightedAuc,
  weightedMean,
} from '../src/index.js';
import { resampler } from '../src/bootstrap/resample.js';
import { fixtures } from './fixtures.js';

describe('intervals', () => {
  it.each(fixtures.bootstrap)('of resampled means', ({ resamples, estimate, leftOut, bca, percentile }) => {
    const ends = ({ low, high }: { low: number; high: number }): number[] => [low, high];
    ends(percentileInterval(resamples, 0.95)).forEach((end, i) => expect(end).toBeCloseTo(percentile[i]!, 12));
    ends(bcaInterval(resamples, estimate, leftOut, 0.95)).forEach((end, i) => expect(end).toBeCloseTo(bca[i]!, 12));
  });

  it('say where BCa is not to be had', () => {
    expect(() => bcaInterval([1, 2, 3], 0, [1, 2], 0.95)).toThrow('percentile');
    expect(bcaInterval([1, 1, 1], 1, [1, 1], 0.95)).toMatchObject({ low: 1, high: 1 });
  });
});

describe('resamples', () => {
  const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

  it('have as many rows, each drawn once on average', () => {
    const weights = new Float64Array(50);
    const mean = new Float64Array(50);
    const draw = resampler(50, {}, 3);
    for (let i = 0; i < 2000; i++) {
      draw(weights);
      expect(sum(weights)).toBe(50);
      weights.forEach((weight, row) => (mean[row]! += weight / 2000));
    }
    // A mean of 2000 Poisson-like counts: five of its deviations.
    mean.forEach((weight) => expect(Math.abs(weight - 1)).toBeLessThan(5 / Math.sqrt(2000)));
  });

  it('keep the size of strata, and groups together', () => {
    const weights = new Float64Array(6);
    const marks = Int32Array.of(7, 0, 7, 0, 7, 0);
    const byStratum = resampler(6, { strata: marks }, 1);
    const byGroup = resampler(6, { groups: marks }, 1);
    for (let i = 0; i < 20; i++) {
      byStratum(weights);
      expect([sum(weights), weights[0]! + weights[2]! + weights[4]!]).toEqual([6, 3]);
      byGroup(weights);
      expect([weights[2], weights[4], weights[3], weights[5]]).toEqual([
        weights[0],
        weights[0],
        2 - weights[0]!,
        2 - weights[0]!,
      ]);
    }
    expect(() => resampler(6, { strata: marks, groups: marks }, 1)).toThrow('exclude');
    expect(() => resampler(5, { strata: marks }, 1)).toThrow('differ in length');
  });
});

describe('weighted metrics', () => {
  const { labels, scores, weights, losses, auc, logLoss } = fixtures.weighted;

  it('are those of scikit-learn', () => {
    expect(weightedAuc(scores, labels)(Float64Array.from(weights))).toBeCloseTo(auc, 13);
    expect(weightedMean(losses)(Float64Array.from(weights))).toBeCloseTo(logLoss, 13);
    expect(weightedAuc(scores, labels)(Float64Array.from(labels))).toBeNaN();
  });
});

describe('the paired bootstrap', () => {
  const { labels, first, second } = fixtures.delong[1]!;
  const [a, b] = [weightedAuc(first, labels), weightedAuc(second, labels)];
  const strata = Int32Array.from(labels);

  it('agrees with DeLong, and with the mean', () => {
    const delong = delongTest(first, second, labels);
    for (const method of ['bca', 'percentile'] as const) {
      const found = pairedBootstrap(labels.length, (w) => a(w) - b(w), { strata, method });
      expect(found.difference).toBeCloseTo(delong.difference, 13);
      expect(found.standardError / delong.standardError).toBeCloseTo(1, 1);
      expect(found.interval.low).toBeCloseTo(delong.interval.low, 1);
      expect(found.interval.high).toBeCloseTo(delong.interval.high, 1);
    }
    const { losses, scores } = fixtures.weighted;
    const mean = rowTest(meanDifference(losses, scores));
    const again = pairedBootstrap(60, weightedMean(losses.map((loss, i) => loss - scores[i]!)));
    expect(again.standardError / mean.standardError).toBeCloseTo(1, 1);
    expect(Math.abs(again.interval.low - mean.interval.low)).toBeLessThan(0.5 * mean.standardError);
  });

  it('is wider by groups whose rows go together', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i >> 2) % 5);
    const groups = Int32Array.from(values, (_, i) => i >> 2);
    const [rows, grouped] = [
      pairedBootstrap(60, weightedMean(values)),
      pairedBootstrap(60, weightedMean(values), { groups }),
    ];
    expect(grouped.standardError / rows.standardError).toBeCloseTo(2, 0);
  });

  it('gives the same for a seed, other numbers for another', () => {
    const run = (seed: number): number => pairedBootstrap(120, (w) => a(w) - b(w), { strata, seed }).standardError;
    expect(run(4)).toBe(run(4));
    expect(run(5)).not.toBe(run(4));
  });

  it('has a p value of 1 for a model with itself, and never 0', () => {
    expect(pairedBootstrap(120, () => 0)).toMatchObject({ difference: 0, p: 1, interval: { low: 0, high: 0 } });
    expect(pairedBootstrap(50, weightedMean(new Array<number>(50).fill(2)), { resamples: 199 }).p).toBe(0.01);
  });

  it('refuses resamples of one class, and too few', () => {
    const rare = [1, 0, 0, 0];
    expect(() => pairedBootstrap(4, weightedAuc([1, 2, 3, 4], rare))).toThrow('strata of the labels');
    expect(() => pairedBootstrap(4, () => 0, { resamples: 10 })).toThrow('Too few resamples');
    expect(() => pairedBootstrap(1, () => 0)).toThrow('Too few rows');
  });
});
