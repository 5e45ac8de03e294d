import { describe, expect, it } from 'vitest';
import {
  notesOf,
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
  metrics: { auc, domainAuc: auc, logLoss: 0.5 },
  parameters: 1_234_567,
  flopsPerRow: 4_321,
  stepMs,
  inferenceUs: 4.25,
  testPasses: 1,
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
  schemaVersion: 2,
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

describe('domains without rows in the reported split', () => {
  it('are counted below the table', () => {
    const data = { ...results().data, domains: 35, unevaluatedDomains: 15 };
    expect(notesOf(results({ data }))).toContain('15 of 35 domains have no test rows.');
    expect(notesOf(results()).join()).not.toContain('have no');
  });
});

describe('GAUC', () => {
  const grouped = trials.map((one) => ({ ...one, metrics: { ...one.metrics, gauc: 0.6125 } }));
  const table = summarize(grouped, 'plain');

  it('has a column, and a note on what it is, in a study that has it', () => {
    expect(table[0]!.metrics.gauc!.mean).toBeCloseTo(0.6125, 10);
    for (const render of [toText, toMarkdown, toLatex]) {
      expect(render(results({ table }))).toMatch(/ GAUC[^]*\.6125[^]*data\.gaucBy/);
      expect(render(results())).not.toContain('GAUC');
    }
  });
});

/** A study of one metric: the differences of each method from its baseline, by seed. */
const study = (gains: Readonly<Record<string, readonly number[]>>): TrialResult[] =>
  Object.entries(gains).flatMap(([method, differences]) =>
    differences.map((gain, seed) => {
      const level = 0.7 + seed / 100;
      const metrics = { auc: level + gain, domainAuc: level - gain, logLoss: 0.5 - gain };
      return { ...trial('dnn', method, seed, null), metrics };
    }),
  );
const none = [0, 0, 0, 0];
const clear = [0.011, 0.01, 0.012, 0.009];
const weak = [0.011, 0.002, 0.009, 0.003];

describe('summarize', () => {
  it('pairs gains by seed and counts the seeds that gained', () => {
    const [plain, method] = summarize(trials, 'plain');
    expect([plain!.gains.auc, plain!.gains.domainAuc, plain!.gains.logLoss]).toEqual([null, null, null]);
    expect(plain!.stepMs).toBe(15);
    expect(method!.gains.auc!.mean).toBeCloseTo(0.0075, 10);
    expect(method!.gains.auc!.std).toBeCloseTo(0.005 / Math.SQRT2, 10);
    expect(method!.gains.auc!.wins).toBe(2);
  });

  it('has metrics of the comparison of each seed, and their mean', () => {
    const [plain, method] = summarize(trials, 'plain');
    expect(plain!.comparisons.relaImpr).toBeNull();
    expect(method!.comparisons.relaImpr!.mean).toBeCloseTo((0.21 / 0.2 - 1 + (0.225 / 0.22 - 1)) / 2, 12);
  });

  it('has no gain without a baseline on the same backbone, and no mean where a seed is undefined', () => {
    const [row] = summarize([trial('dnn', 'x', 1, null), trial('dnn', 'x', 2, 0.7)], 'plain');
    expect(row!.gains.auc).toBeNull();
    expect(row!.metrics.auc).toBeNull();
  });

  it('uses the sample standard deviation', () => {
    expect(statOf([1, 2, 3])).toEqual({ mean: 2, std: 1, n: 3 });
    expect(statOf([5])).toEqual({ mean: 5, std: null, n: 1 });
  });

  it('tests each gain, and corrects for the others', () => {
    const table = summarize(study({ plain: none, clear, weak, off: none }), 'plain');
    const [, best, other, off] = table.map(({ gains }) => gains.auc!);
    // scipy.stats.ttest_1samp and its interval; Holm over three: 3 x, 2 x.
    expect(best!.p! / 5.0548534614e-4).toBeCloseTo(1, 6);
    expect([best!.interval!.low, best!.interval!.high].map((end) => end.toFixed(7))).toEqual([
      '0.0084457',
      '0.0125543',
    ]);
    expect(best!.pHolm).toBeCloseTo(3 * best!.p!, 15);
    expect(other!.p).toBeLessThan(0.1);
    expect(other!.pHolm).toBeCloseTo(2 * other!.p!, 15);
    expect(off).toMatchObject({ mean: 0, p: 1, pHolm: 1, comparisons: 3 });
    expect(table.map(({ gains }) => gains.auc?.verdict)).toEqual([
      undefined,
      'better',
      'no difference shown',
      'no difference shown',
    ]);
  });

  it('may show alone what it does not show among many', () => {
    const gain = [0.01, 0.008, 0.012, 0.003];
    const verdicts = (others: number): string => {
      const more = Array.from({ length: others }, (_, i): [string, number[]] => [`m${i}`, [0.01, -0.01, 0.02, -0.03]]);
      return summarize(study({ plain: none, gain, ...Object.fromEntries(more) }), 'plain')[1]!.gains.auc!.verdict;
    };
    expect([verdicts(0), verdicts(9)]).toEqual(['better', 'no difference shown']);
  });

  it('counts what is better in each metric: log loss when it falls', () => {
    const [, row] = summarize(study({ plain: none, clear }), 'plain');
    expect([row!.gains.auc, row!.gains.domainAuc, row!.gains.logLoss].map((gain) => gain!.verdict)).toEqual([
      'better',
      'worse',
      'better',
    ]);
    expect(row!.gains.logLoss!.mean).toBeCloseTo(0.0105, 12);
    expect(row!.gains).not.toHaveProperty('gauc');
  });

  it('gives no verdict on one seed or two, nor on seeds that change nothing', () => {
    const gainOf = (differences: number[]) => summarize(study({ plain: none, m: differences }), 'plain')[1]!.gains.auc!;
    expect(gainOf([0.01])).toMatchObject({
      interval: null,
      p: null,
      pHolm: null,
      comparisons: 0,
      verdict: 'too few seeds',
    });
    const two = gainOf([0.01, 0.010001]);
    expect(two.p).toBeLessThan(0.001);
    expect(two.verdict).toBe('too few seeds');
    expect(gainOf([0.01, 0.01, 0.01, 0.01])).toMatchObject({ p: null, verdict: 'too few seeds' });
  });

  it('compares only in the same setting, which has a column then', () => {
    const settings = ['small', 'large'].flatMap((setting, s) =>
      study({ plain: none.map((zero) => zero + s / 10), clear }).map((one) => ({ ...one, setting })),
    );
    const table = summarize(settings, 'plain');
    expect(table.map(({ setting, method }) => [setting, method]).flat()).toEqual([
      'small',
      'plain',
      'small',
      'clear',
      'large',
      'plain',
      'large',
      'clear',
    ]);
    expect([table[1]!.gains.auc!.mean, table[3]!.gains.auc!.mean].map((gain) => gain.toFixed(4))).toEqual([
      '0.0105',
      '-0.0895',
    ]);
    expect(table[1]!.gains.auc!.comparisons).toBe(2);
    expect(toText(results({ table }))).toMatch(/^setting +backbone +method/m);
    expect(toText(results())).not.toContain('setting');
  });

  it('compares only on the same backbone', () => {
    const other = study({ plain: none, clear }).map((one) => ({ ...one, backbone: 'dcnv2' }));
    const table = summarize([...study({ clear }), ...other], 'plain');
    expect(table.map(({ gains }) => gains.auc?.comparisons)).toEqual([undefined, undefined, 1]);
  });
});

describe('the table', () => {
  it('as text has one line a cell of the grid, in columns', () => {
    const lines = toText(results()).split('\n');
    const body = lines.slice(2, 6);
    expect(body[2]).toMatch(
      /^dnn +plain +\.7100 ± \.0141 +\.7100 ± \.0141 +\.5000 ± \.0000 +1\.23M +4\.3k +15\.0 +4\.3 +—$/,
    );
    expect(body[3]).toMatch(/\+\.0075 \[-\.0243, \+\.0393\] \?$/);
    expect(new Set(body.slice(1, 3).map((line) => line.indexOf(' ± '))).size).toBe(2);
    expect(lines.join('\n')).toContain('Metrics of the test split, 10 rows');
  });

  it('marks verdicts, and says what they rest on', () => {
    const worse = clear.map((gain) => -gain);
    const table = summarize(study({ plain: none, clear, worse, weak }), 'plain');
    const text = toText(results({ table }));
    expect(text).toMatch(/clear .*\+\.0105 \[\+\.0084, \+\.0126\] ↑\n/);
    expect(text).toMatch(/worse .*-\.0105 \[-\.0126, -\.0084\] ↓\n/);
    expect(text).toMatch(/weak .* ~\n/);
    expect(text).toContain(
      'AUC gain over "plain" of the same backbone and seed, with its 95% interval: ↑ better, ↓ worse, ~ no difference shown ' +
        '(paired t-test over seeds at 5%, by Holm for 3 comparisons; about other seeds, not other rows).',
    );
    expect(toLatex(results({ table }))).toContain('$\\uparrow$ better, $\\downarrow$ worse');
    expect(toMarkdown(results({ table }))).toContain('[+.0084, +.0126] ↑ |');
  });

  it('has a gain but no interval for one seed', () => {
    const text = toText(results({ table: summarize(study({ plain: [0], m: [0.01] }), 'plain') }));
    expect(text).toMatch(/m .*\+\.0100 \?\n/);
    expect(text).toContain('of the same backbone and seed: ? too few seeds (a verdict takes 3 that differ).');
  });

  it('says that a study did not come to its end', () => {
    expect(toText(results({ plannedTrials: 9 }))).toContain('4 of 9 trials');
  });

  it('says when epochs were chosen on the reported split, and what is the best possible', () => {
    const data = { ...results().data, bestPossible: { auc: 0.8123, domainAuc: 0.7911, logLoss: 0.4 } };
    const text = toText(results({ selectedOnSplit: true, split: 'validation', data }));
    expect(text).toContain('optimistic');
    expect(text).toContain('AUC .8123, domain AUC .7911, log loss .4000');
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
