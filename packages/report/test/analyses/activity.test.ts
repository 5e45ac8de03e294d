import { describe, expect, it } from 'vitest';
import { activity } from '../../src/analyses/activity/index.js';
import type { ScoredLine } from '../../src/analyses/analysis.js';
import { marksOf, type TrialResult } from '../../src/index.js';

const seeds = [0, 0.02, 0.01].map((shift) => Float32Array.of(0.1 + shift, 0.2 - shift, 0.3 + shift));
/** A line whose scores are those of the baseline and a little. */
const line = (method: string, little: number, count = 3): ScoredLine =>
  ({
    ...{ backbone: 'dnn', method, seeds: count },
    pairs: () => seeds.slice(0, count).map((baseline) => [baseline.map((score) => score + little), baseline] as const),
  }) as unknown as ScoredLine;

describe('what a method did to the scores', () => {
  it('is their mean difference from the baseline of the same seed, beside that of two seeds of it', () => {
    const [row] = activity.compute([line('busy', -0.05)], true)!;
    expect(row).toMatchObject({ backbone: 'dnn', method: 'busy', seeds: 3, idle: false });
    expect(row!.difference).toBeCloseTo(0.05, 6);
    expect(row!.ofSeeds).toBeCloseTo(0.015, 6);
  });

  it('is nothing below a tenth of that; with one seed only where not a bit changed', () => {
    const idle = (little: number, count?: number) => activity.compute([line('m', little, count)], true)![0]!.idle;
    expect([idle(0.001), idle(0.002), idle(0)]).toEqual([true, false, true]);
    expect([idle(0.001, 1), idle(0, 1)]).toEqual([false, true]);
  });

  it('is not measured of the baseline itself, nor unless wanted', () => {
    expect(activity.compute([line('plain', 0, 0)], true)).toBeUndefined();
    expect(activity.compute([line('m', 1)], false)).toBeUndefined();
  });
});

describe('marks of a line', () => {
  const trial = (method: string, bestStep: number) =>
    ({ backbone: 'dnn', method, epochs: 2, bestEpoch: 2, steps: 40, bestStep }) as unknown as TrialResult;
  const results = {
    trials: [trial('plain', 20), trial('m', 20), trial('m', 40), trial('n', 30)],
    analyses: { activity: activity.compute([line('m', 0), line('n', 1)], true)! },
  };

  it('are that one of its trials was best at its end, and that it did nothing', () => {
    const of = (method: string) => marksOf(results, { backbone: 'dnn', method });
    expect([of('plain'), of('m'), of('n')]).toEqual([[], ['unfinished', 'idle'], []]);
    expect(marksOf(results, { backbone: 'dcnv2', method: 'm' })).toEqual([]);
  });
});
