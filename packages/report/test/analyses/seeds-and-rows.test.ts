import { describe, expect, it } from 'vitest';
import { analyseScores, toText } from '../../src/index.js';
import { study, usual } from './study.js';

describe('gains over seeds and rows', () => {
  const labels = Float32Array.from({ length: 400 }, (_, row) => row % 2);
  /** Scores that tell clicks apart by `skill`, with noise of the row, the same for all seeds, and of the seed. */
  const scores = (skill: number, seed: number): Float32Array =>
    labels.map((label, row) => skill * label + Math.sin(row * 12.9898) + 0.2 * Math.sin(row * 78.233 + seed * 37.7));
  const against = (method: string, skill: number) => ({
    ...{ backbone: 'dnn', method, labels, seeds: 3, models: 0, scores: () => [], parameters: 10, inferenceUs: 1 },
    pairs: () => [1, 2, 3].map((seed) => [scores(skill, seed), scores(0.8, seed + 10)] as const),
  });

  it('have a verdict, both errors, and are corrected for one another', () => {
    const [better, same] = analyseScores([against('good', 3), against('like', 0.8)]).seedsAndRows!;
    expect(better!.gain).toMatchObject({ verdict: 'better', n: 3, comparisons: 2 });
    expect(better!.gain.pHolm).toBeCloseTo(2 * better!.gain.p!, 12);
    expect(same!.gain.verdict).toBe('no difference shown');
    expect(better!.rowError).toBeGreaterThan(0);
    expect(same!.seedError).toBeGreaterThan(0);
  });

  it('are not there of one seed, of the baseline’s own scores, or where all rows are clicks', () => {
    const self = { ...against('self', 0.8), pairs: () => [1, 2].map((s) => [scores(1, s), scores(1, s)] as const) };
    const clicks = { ...against('clicks', 3), labels: labels.map(() => 1) };
    expect(analyseScores([{ ...against('one', 3), seeds: 1 }, self, clicks], { activity: false })).toEqual({});
    expect(analyseScores([against('good', 3)], { seedsAndRows: false, activity: false })).toEqual({});
  });

  it('are what the terminal shows beside the table', () => {
    const analyses = analyseScores([against('shared', 3)]);
    expect(toText({ ...study(usual), analyses })).toMatch(
      /seeds and rows both taken as samples\n\n.*\n.*\ndnn +shared +\+\.\d{4}/,
    );
  });
});
