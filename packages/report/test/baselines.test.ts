import { Random } from '@mdctr/base';
import { delongTest } from '@mdctr/statistics';
import { describe, expect, it } from 'vitest';
import {
  aucInterval,
  summarizeBaselines,
  testAgainstBaseline,
  toLatex,
  toMarkdown,
  toText,
  type BaselineResult,
  type StudyResults,
  type TableRow,
} from '../src/index.js';

const random = new Random(1);
const labels = Float32Array.from({ length: 500 }, () => (random.uniform() < 0.4 ? 1 : 0));
const scoresOf = (strength: number): Float32Array => labels.map((label) => strength * label + random.normal());

describe('the interval of an AUC', () => {
  it('holds the AUC that rows are drawn with in 95 of 100 cases', () => {
    const truth = 0.7602; // of normal scores a deviation apart: Phi(1 / sqrt 2)
    let held = 0;
    for (let i = 0; i < 400; i++) {
      const { low, high } = aucInterval(scoresOf(1), labels)!;
      if (low <= truth && truth <= high) held++;
    }
    expect(held / 400).toBeGreaterThan(0.91);
    expect(held / 400).toBeLessThan(0.985);
  });

  it('is none for rows of one class', () => {
    expect(aucInterval(scoresOf(1), labels.fill(0).slice())).toBeNull();
  });
});

describe('a test against the best baseline', () => {
  const truth = Float32Array.from({ length: 500 }, () => (random.uniform() < 0.4 ? 1 : 0));
  const [weak, strong] = [0.5, 1.5].map((strength) => truth.map((label) => strength * label + random.normal()));
  const against = (method: string, ...pairs: (readonly [Float32Array, Float32Array])[]) => ({
    ...{ backbone: 'dnn', method, baseline: 'b', labels: truth, seeds: pairs.length },
    pairs: () => pairs,
  });

  it('is that of DeLong for one seed, by Holm for all networks', () => {
    const [one, other] = testAgainstBaseline([against('a', [strong!, weak!]), against('c', [weak!, strong!])]);
    const { p, difference } = delongTest(strong!, weak!, truth);
    expect(one!.gain).toMatchObject({ mean: difference, p, pHolm: Math.min(1, 2 * p), verdict: 'better', n: 1 });
    expect(other!.gain.verdict).toBe('worse');
  });

  it('takes seeds for a sample too where there are several', () => {
    const [both] = testAgainstBaseline([against('a', [strong!, weak!], [weak!, weak!])]);
    expect(both!.gain).toMatchObject({ n: 2, verdict: 'no difference shown' });
  });
});

const baseline = (method: string, seed: number, auc: number): BaselineResult => ({
  ...{ backbone: '(none)', method, name: method, seed, seeded: true, metrics: { auc, logLoss: 0.4 } },
  interval: { level: 0.95, low: auc - 0.01, high: auc + 0.01 },
  ...{ validation: auc, chosen: {}, options: 1, seconds: seed, domains: [], calibration: [] },
});

const row = (method: string): TableRow => ({
  ...{ backbone: 'dnn', method, seeds: 1, metrics: { auc: { mean: 0.7, std: null, n: 1 } } },
  ...{ parameters: 1000, flopsPerRow: 2000, stepMs: 1.5, inferenceUs: 2.5, gains: {}, comparisons: {} },
});

const gain = (method: string, verdict: 'better' | 'worse') => ({
  ...{ backbone: 'dnn', method, baseline: 'LightGBM' },
  gain: {
    ...{ mean: verdict === 'better' ? 0.01 : -0.01, n: 1, p: 0.001, pHolm: 0.002, comparisons: 2, verdict },
    interval: { level: 0.95, low: -0.02, high: 0.02 },
  },
});

const results: StudyResults = {
  ...{
    schemaVersion: 2,
    study: 'S',
    split: 'test',
    selectedOnSplit: false,
    createdAt: '',
    environment: {},
    baseline: null,
  },
  data: { rows: 100, fields: 3, domains: 2, trainRows: 80, evaluationRows: 10 },
  ...{ plannedTrials: 0, table: [row('plain'), row('star')], trials: [] },
  baselines: {
    table: summarizeBaselines([
      baseline('means', 1, 0.71),
      baseline('LightGBM', 1, 0.72),
      baseline('LightGBM', 2, 0.74),
    ]),
    trials: [],
    lacking: [{ label: 'forest', reason: 'there is no Python' }],
    best: [{ label: 'LightGBM', chosenBy: 'AUC' }],
    gains: [gain('plain', 'worse'), gain('star', 'better')],
  },
};

describe('the table of a study with baselines', () => {
  const text = toText(results);
  const lineOf = (name: string): string => text.split('\n').find((line) => line.includes(name))!;

  it('begins with them, an interval for one that was fitted once, a deviation over seeds for the others', () => {
    expect(lineOf('means')).toMatch(/^\(none\) +means +\.7100 \[\.7000, \.7200\] +— +\.4000$/);
    expect(lineOf('LightGBM')).toContain('.7300 ± .0141');
    expect(text.indexOf('(none)')).toBeLessThan(text.indexOf('dnn'));
  });

  it('has each network’s gain over the best of them, and says who wins', () => {
    expect(lineOf('star')).toContain('+.0100 [-.0200, +.0200] ↑');
    expect(text).toContain(
      '1 of 2 networks are shown to beat the best baseline, "LightGBM" (.7300): dnn + star; shown to lose: dnn + plain (best',
    );
    expect(text).toContain('(fitted in: means 1.0 s, LightGBM 1.5 s a seed)');
    expect(text).toContain('Baseline "forest" is left out: there is no Python.');
  });

  it('is the same in Markdown and LaTeX', () => {
    expect(toMarkdown(results)).toContain('| (none) | LightGBM | .7300 ± .0141 |');
    expect(toLatex(results)).toContain('(none) & LightGBM & .7300 $\\pm$ .0141');
  });

  it('has no column of theirs in a study without them', () => {
    const { baselines: _, ...without } = results;
    expect(toText(without)).not.toMatch(/over best baseline|\(none\)/);
  });
});
