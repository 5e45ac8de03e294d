import { crossEntropy, rocAuc } from '@mdctr/metrics';
import { delongTest } from '@mdctr/statistics';
import { describe, expect, it } from 'vitest';
import { analyseScores, toMarkdown, type ScoredLine } from '../../src/index.js';
import { study, usual } from './study.js';

const labels = Float32Array.from({ length: 600 }, (_, row) => (row % 3 === 0 ? 1 : 0));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Probabilities that tell clicks apart by `skill`, with noise of the row that all seeds share, and more of each seed. */
const scores = (skill: number, seed: number): Float32Array =>
  labels.map((label, row) =>
    sigmoid(skill * (label - 0.5) + Math.sin(row * 12.9898) + 1.5 * Math.sin(row * 78.233 * (seed + 1))),
  );

const SEEDS = [1, 2, 3];
function line(method: string, scores: Float32Array[], baseline: Float32Array[] = []): ScoredLine {
  const pairs = baseline.map((other, i) => [scores[i]!, other] as const);
  return {
    ...{
      backbone: 'dnn',
      method,
      labels,
      models: scores.length,
      scores: () => scores,
      parameters: 1000,
      inferenceUs: 2,
    },
    ...{ seeds: pairs.length, pairs: () => pairs },
  };
}
const of = (skill: number): Float32Array[] => SEEDS.map((seed) => scores(skill, seed));
const [plain, good] = [of(0.8), of(2)];
const ensembles = (lines: ScoredLine[]) => analyseScores(lines, { seedsAndRows: false }).ensemble!;
const meanOf = (lists: Float32Array[]): Float32Array =>
  labels.map((_, row) => lists.reduce((sum, list) => sum + list[row]!, 0) / lists.length);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('ensembles of seeds', () => {
  it('have the metrics of the mean scores, and the cost of all models', () => {
    const [first, other] = ensembles([line('plain', plain), line('good', good, plain)]);
    for (const [row, lists] of [
      [first!, plain],
      [other!, good],
    ] as const) {
      const scored = meanOf(lists);
      expect(row.auc).toBeCloseTo(rocAuc(scored, labels)!, 12);
      expect(row.logLoss).toBeCloseTo(crossEntropy(scored, labels), 12);
      expect(row.overSeeds.mean).toBeCloseTo(row.auc - mean(lists.map((list) => rocAuc(list, labels)!)), 12);
      const losses = lists.map((list) => crossEntropy(list, labels));
      expect(row.logLossOverSeeds).toBeCloseTo(mean(losses) - row.logLoss, 12);
      expect(row).toMatchObject({ seeds: 3, parameters: 3000, inferenceUs: 6 });
    }
    expect(first!.overSeeds.verdict).toBe('better');
    expect(first!.logLossOverSeeds).toBeGreaterThan(0);
  });

  it('are compared with the baseline’s ensemble by DeLong, corrected for one another', () => {
    const lines = [line('plain', plain), line('good', good, plain), line('like', of(0.81), plain)];
    const [first, better, like] = ensembles(lines);
    expect(first!.overBaseline).toBeNull();
    const test = delongTest(meanOf(good), meanOf(plain), labels);
    expect(better!.overBaseline).toMatchObject({ n: 3, comparisons: 2, verdict: 'better' });
    expect(better!.overBaseline!.mean).toBeCloseTo(test.difference, 12);
    expect(better!.overBaseline!.interval!.low).toBeCloseTo(test.interval.low, 12);
    expect(better!.overBaseline!.pHolm).toBeCloseTo(2 * test.p, 12);
    expect(like!.overBaseline!.mean).toBeLessThan(better!.overBaseline!.mean);
  });

  it('have DeLong’s interval over one seed, where all are that one', () => {
    const twice = ensembles([line('twice', [good[0]!, good[0]!])])[0]!;
    expect(twice.overSeeds).toMatchObject({ mean: 0, pHolm: 1, verdict: 'no difference shown' });
    // Of two different seeds: the mean of the two tests' influences, here against the slow way.
    const two = [good[0]!, good[1]!];
    const [{ overSeeds }] = ensembles([line('two', two)]) as [ReturnType<typeof ensembles>[number]];
    const parts = two.map((seed) => delongTest(meanOf(two), seed, labels));
    expect(overSeeds.mean).toBeCloseTo(mean(parts.map(({ difference }) => difference)), 12);
    const half = (overSeeds.interval!.high - overSeeds.interval!.low) / 2;
    const most = mean(parts.map(({ interval }) => (interval.high - interval.low) / 2));
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThanOrEqual(most + 1e-12);
  });

  it('take the seeds that both have, where the baseline lacks one', () => {
    const [row] = ensembles([line('good', good, plain.slice(0, 2))]);
    expect(row!.seeds).toBe(3);
    expect(row!.overBaseline!.n).toBe(2);
    const { difference } = delongTest(meanOf(good.slice(0, 2)), meanOf(plain.slice(0, 2)), labels);
    expect(row!.overBaseline!.mean).toBeCloseTo(difference, 12);
    expect(ensembles([line('good', good, plain.slice(0, 1))])[0]!.overBaseline).toBeNull();
  });

  it('are not there of one seed, of one class, or where they are not wanted', () => {
    const clicks = { ...line('clicks', good), labels: labels.map(() => 1) };
    expect(analyseScores([line('one', good.slice(0, 1)), clicks])).toEqual({});
    expect(analyseScores([line('good', good)], { ensemble: false })).toEqual({});
  });

  it('have a table with what they cost', () => {
    const analyses = analyseScores([line('plain', plain), line('good', good, plain)], { seedsAndRows: false });
    const text = toMarkdown({ ...study(usual), analyses });
    expect(text).toContain('AUC over ensemble of "plain"');
    expect(text).toMatch(/\| dnn \| plain \| 3 \|.*\| — \| 3\.0k \| 6\.0 \|/);
    expect(text).toContain('DeLong’s test over rows');
    const alone = toMarkdown({
      ...study(usual, { baseline: null }),
      analyses: analyseScores([line('plain', plain)], {}),
    });
    expect(alone).toContain('Ensembles: the mean of the scores of all seeds');
    expect(alone).not.toContain('over ensemble of');
  });
});
