import type { TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { pairScores } from '../../src/results/pair-scores.js';

const line = (seed: number, fold?: number) => ({ seed, ...(fold && { fold }) }) as TrialResult;
/** Labels of two folds, of four and of five rows. */
const labels = [Float32Array.of(0, 1, 0, 1), Float32Array.of(1, 1, 0, 0, 0)];
const rowsOf = ({ fold = 1 }: TrialResult): number => labels[fold - 1]!.length;
const source = {
  otherOf: (of: TrialResult): TrialResult | undefined => of,
  placeOf: ({ fold = 1 }: TrialResult) => fold - 1,
  scoresOf: (of: TrialResult) => new Float32Array(rowsOf(of)).fill(10 * of.seed + (of.fold ?? 0)),
  scoresOfOther: (of: TrialResult) => new Float32Array(rowsOf(of)).fill(-of.seed),
  labels,
};

describe('pairs of scores', () => {
  it('are those of a seed on all folds, in the order of the folds, and leave seeds out that lack one', () => {
    const paired = pairScores([line(2, 2), line(1, 1), line(2, 1), line(1, 2), line(3, 1)], source)!;
    expect([paired.seeds, paired.folds, [...paired.labels]]).toEqual([2, [4, 5], [0, 1, 0, 1, 1, 1, 0, 0, 0]]);
    const [first, second] = [...paired.pairs()];
    expect([...first![0]]).toEqual([...Array(4).fill(21), ...Array(5).fill(22)]);
    expect([...second![0]]).toEqual([...Array(4).fill(11), ...Array(5).fill(12)]);
    expect([...second![1]]).toEqual(Array(9).fill(-1));
  });

  it('have no folds where the rows are split once', () => {
    const paired = pairScores([line(1), line(2)], source)!;
    expect([paired.seeds, 'folds' in paired, paired.labels === labels[0]]).toEqual([2, false, true]);
  });

  it('are not there where nothing is paired, and where a fold has too few rows of a class', () => {
    expect(pairScores([line(1)], { ...source, otherOf: () => undefined })).toBeUndefined();
    const clicks = [Float32Array.of(0, 1, 0, 1), Float32Array.of(1, 0, 0, 0, 0)];
    expect(pairScores([line(1, 1), line(1, 2)], { ...source, labels: clicks })).toBeUndefined();
  });
});
