import { describe, expect, it } from 'vitest';
import {
  isNoise,
  statOf,
  summarize,
  toLatex,
  toMarkdown,
  toText,
  type StudyResults,
  type TrialResult,
} from '../src/index.js';

const trial = (backbone: string, method: string, seed: number, auc: number | null, stepMs = 10): TrialResult => ({
  backbone,
  method,
  seed,
  metrics: { auc, gauc: auc, logLoss: 0.5 },
  parameters: 1_234_567,
  flopsPerRow: 4_321,
  stepMs,
  seconds: 1,
  epochs: 2,
  bestEpoch: 1,
});
const trials = [
  trial('dnn', 'plain', 1, 0.7),
  trial('dnn', 'plain', 2, 0.72, 20),
  trial('dnn', 'a_b', 1, 0.71),
  trial('dnn', 'a_b', 2, 0.725),
];
const results = (more: Partial<StudyResults> = {}): StudyResults => ({
  schemaVersion: 1,
  study: 'Study | 100%',
  split: 'test',
  selectedOnSplit: false,
  createdAt: '2022-01-01T00:00:00.000Z',
  environment: {},
  data: { rows: 100, fields: 3, domains: 2, trainRows: 80, evaluationRows: 10 },
  baseline: 'plain',
  plannedTrials: trials.length,
  table: summarize(trials, 'plain'),
  trials,
  ...more,
});

describe('group GAUC', () => {
  const grouped = trials.map((one) => ({ ...one, metrics: { ...one.metrics, groupGauc: 0.6125 } }));
  const table = summarize(grouped, 'plain');

  it('has a column, and a note on what it is, in a study that has it', () => {
    expect(table[0]!.groupGauc!.mean).toBeCloseTo(0.6125, 10);
    for (const render of [toText, toMarkdown, toLatex]) {
      expect(render(results({ table }))).toMatch(/group GAUC[^]*\.6125[^]*data\.gaucBy/);
      expect(render(results())).not.toContain('group GAUC');
    }
  });
});

describe('summarize', () => {
  it('pairs gains by seed and counts the seeds that gained', () => {
    const [plain, method] = summarize(trials, 'plain');
    expect(plain!.gain).toBeNull();
    expect(plain!.stepMs).toBe(15);
    expect(method!.gain!.mean).toBeCloseTo(0.0075, 10);
    expect(method!.gain!.std).toBeCloseTo(0.005 / Math.SQRT2, 10);
    expect(method!.gain!.wins).toBe(2);
  });

  it('has no gain without a baseline on the same backbone, and no mean where a seed is undefined', () => {
    const [row] = summarize([trial('dnn', 'x', 1, null), trial('dnn', 'x', 2, 0.7)], 'plain');
    expect(row!.gain).toBeNull();
    expect(row!.auc).toBeNull();
  });

  it('uses the sample standard deviation', () => {
    expect(statOf([1, 2, 3])).toEqual({ mean: 2, std: 1, n: 3 });
    expect(statOf([5])).toEqual({ mean: 5, std: null, n: 1 });
  });
});

describe('the table', () => {
  it('as text has one line a cell of the grid, in columns', () => {
    const lines = toText(results()).split('\n');
    const body = lines.slice(2, 6);
    expect(body[2]).toMatch(/^dnn +plain +\.7100 ± \.0141 +\.7100 ± \.0141 +\.5000 ± \.0000 +1\.23M +4\.3k +15\.0 +—$/);
    expect(body[3]).toMatch(/\+\.0075 ± \.0035 \(2\/2\) ~$/);
    expect(new Set(body.slice(1, 3).map((line) => line.indexOf(' ± '))).size).toBe(2);
    expect(lines.join('\n')).toContain('Metrics of the test split, 10 rows');
  });

  it('marks a gain that chance explains', () => {
    const noisy = [
      trial('dnn', 'plain', 1, 0.7),
      trial('dnn', 'plain', 2, 0.7),
      trial('dnn', 'm', 1, 0.72),
      trial('dnn', 'm', 2, 0.69),
    ];
    expect(toText(results({ table: summarize(noisy, 'plain') }))).toContain('(1/2) ~');
  });

  it.each([
    // mean, std, n; the limits are scipy.stats.t.ppf(.975, n - 1) / sqrt(n).
    [2.4841, 3, true],
    [2.4842, 3, false],
    [0.7154, 10, false],
    [0.7153, 10, true],
    [0.3735, 30, false],
    [0.3733, 30, true],
  ])('a mean of %f standard deviations over %i seeds is noise: %s', (mean, n, wanted) => {
    expect(isNoise({ mean, std: 1, n })).toBe(wanted);
  });

  it('says that a study did not come to its end', () => {
    expect(toText(results({ plannedTrials: 9 }))).toContain('4 of 9 trials');
  });

  it('says when epochs were chosen on the reported split, and what is the best possible', () => {
    const data = { ...results().data, bestPossible: { auc: 0.8123, gauc: 0.7911, logLoss: 0.4 } };
    const text = toText(results({ selectedOnSplit: true, split: 'validation', data }));
    expect(text).toContain('optimistic');
    expect(text).toContain('AUC .8123, GAUC .7911, log loss .4000');
  });

  it('in Markdown escapes bars, in LaTeX what LaTeX reads', () => {
    expect(toMarkdown(results({ table: summarize([trial('a|b', 'plain', 1, 0.7)], 'plain') }))).toContain('| a\\|b |');
    const latex = toLatex(results());
    expect(latex).toContain('a\\_b');
    expect(latex).toContain('100\\%');
    expect(latex).toContain('.7100 $\\pm$ .0141');
    expect(latex.match(/\\\\$/gm)).toHaveLength(3);
  });
});
