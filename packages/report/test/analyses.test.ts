import { describe, expect, it } from 'vitest';
import { Value } from 'typebox/value';
import {
  analyse,
  AnalysisOptions,
  analyseScores,
  scalarOf,
  summarize,
  toLatex,
  toMarkdown,
  toText,
  type DataFacts,
  type StudyResults,
  type TrialResult,
} from '../src/index.js';

/** The results with every analysis on the terminal. */
const showing = (results: StudyResults): StudyResults => ({
  ...results,
  config: {
    ...(results.config as object),
    analyses: { show: ['seedsAndRows', 'buckets', 'ownNetwork', 'pluginStatistics', 'overlap'] },
  },
});

/** AUC of each domain by method and seed, from 0: a function of the test. */
type Aucs = (method: string, seed: number, domain: number) => number | null;

const DOMAINS = ['a', 'b', 'c', 'd', 'e'];
const ROWS = [400, 200, 100, 50, 50];
const METHODS = ['plain', 'own', 'shared'];

const trialOf = (method: string, seed: number, aucs: Aucs, more: Partial<TrialResult> = {}): TrialResult => ({
  backbone: 'dnn',
  method,
  seed,
  metrics: { auc: 0.7, domainAuc: 0.7, logLoss: 0.5 },
  parameters: 10,
  flopsPerRow: 10,
  stepMs: 1,
  inferenceUs: 1,
  testPasses: 1,
  seconds: 1,
  epochs: 1,
  bestEpoch: 1,
  details: {
    domains: DOMAINS.map((domain, d) => ({
      ...{ domain, rows: ROWS[d]!, positives: 5 },
      metrics: { auc: aucs(method, seed, d), logLoss: 0.4 },
    })),
    calibration: [],
    epochs: [],
    diagnostics: {},
  },
  ...more,
});

const data: DataFacts = {
  ...{ rows: 1600, fields: 3, domains: 5, trainRows: 800, evaluationRows: 800 },
  // Not in the order of the rows evaluated.
  domainSizes: DOMAINS.map((domain, d) => ({ domain, trainRows: 1000 * (d + 1) })).reverse(),
};

function study(aucs: Aucs, more: Partial<StudyResults> = {}, seeds = 4): StudyResults {
  const trials = METHODS.flatMap((method) => Array.from({ length: seeds }, (_, seed) => trialOf(method, seed, aucs)));
  return {
    ...{ schemaVersion: 2, study: 's', split: 'test', selectedOnSplit: false, createdAt: '', environment: {}, data },
    ...{ baseline: 'plain', plannedTrials: trials.length, trials, table: summarize(trials, 'plain') },
    ...more,
  };
}

const config = {
  methods: [
    { label: 'plain', plugins: [] },
    { label: 'own', plugins: [{ name: 'per-domain' }] },
    { label: 'shared', plugins: [{ name: 'star' }] },
  ],
};

/** `shared` gains in d and e, the largest by training rows, and loses in a and b; noise is the same for all but a little. */
const usual: Aucs = (method, seed, d) => {
  const gain = method === 'shared' ? [-0.02, -0.01, 0, 0.01, 0.02][d]! : 0;
  return 0.7 + seed / 50 + gain + (method === 'shared' ? (seed - 1.5) / 1000 : 0);
};

describe('buckets', () => {
  const { buckets } = analyse(study(usual), { buckets: 2 });

  it('cut domains by training rows into equal numbers, the largest first', () => {
    expect(buckets!.buckets).toEqual([
      { bucket: 1, domains: ['e', 'd'], omitted: 0, largest: 5000, smallest: 4000, evaluationRows: 100 },
      { bucket: 2, domains: ['c', 'b', 'a'], omitted: 0, largest: 3000, smallest: 1000, evaluationRows: 700 },
    ]);
  });

  it('average inside domains by rows evaluated, and pair gains by seed', () => {
    const row = (method: string, bucket: number) =>
      buckets!.rows.find((one) => one.method === method && one.bucket === bucket)!;
    expect(row('shared', 2).gain!.mean).toBeCloseTo((-0.02 * 400 - 0.01 * 200) / 700, 12);
    expect(row('shared', 2).macroGain!.mean).toBeCloseTo(-0.01, 12);
    expect(row('plain', 1)).toMatchObject({ gain: null, domainAuc: { n: 4 } });
    expect(row('plain', 1).domainAuc.mean).toBeCloseTo(0.73, 12);
    // Differences of "own" are all 0: tested, and nothing shown. Four comparisons in all.
    expect(
      [row('shared', 1), row('shared', 2), row('own', 1)].map(({ gain }) => [gain!.verdict, gain!.comparisons]),
    ).toEqual([
      ['better', 4],
      ['worse', 4],
      ['no difference shown', 4],
    ]);
  });

  it('leave out a domain without an AUC in any trial, for all of them, and say so', () => {
    const holes: Aucs = (...at) => (at[0] === 'own' && at[1] === 2 && at[2] === 0 ? null : usual(...at));
    const { buckets: facts, rows } = analyse(study(holes), { buckets: 2 }).buckets!;
    const small = facts[1];
    expect(rows.find(({ method, bucket }) => method === 'own' && bucket === 2)!.domainAuc.n).toBe(4);
    expect(small).toMatchObject({ domains: ['c', 'b'], omitted: 1, smallest: 1000, evaluationRows: 300 });
    expect(toText(showing({ ...study(holes), analyses: analyse(study(holes), { buckets: 2 }) }))).toMatch(
      /2 \(and 1 left out\) of/,
    );
  });

  it('go by rows evaluated where training rows are not known, and are none for fewer domains than buckets', () => {
    const { domainSizes: _, ...bare } = data;
    expect(analyse(study(usual, { data: bare }), { buckets: 2 }).buckets!.buckets[0]!.domains).toEqual(['a', 'b']);
    expect(analyse(study(usual), { buckets: 6 }).buckets).toBeUndefined();
    expect(analyse(study(usual), { buckets: 0 }).buckets).toBeUndefined();
  });

  it('do not mix settings', () => {
    const trials = ['one', 'two'].flatMap((setting, s) =>
      study((...at) => usual(...at)! + (at[0] === 'shared' ? s / 10 : 0)).trials.map((trial) => ({
        ...trial,
        setting,
      })),
    );
    const settings = ['one', 'two'].map((label) => ({
      ...{ label, data, split: 'test' as const, selectedOnSplit: false },
    }));
    const { rows } = analyse(study(usual, { trials, settings }), { buckets: 2 }).buckets!;
    const gains = rows.filter(({ method, bucket }) => method === 'shared' && bucket === 1).map(({ gain }) => gain!);
    expect(gains.map(({ n, comparisons }) => [n, comparisons])).toEqual([
      [4, 8],
      [4, 8],
    ]);
    expect(gains[1]!.mean - gains[0]!.mean).toBeCloseTo(0.1, 12);
  });
});

describe('negative transfer', () => {
  it('counts the domains below their own network, and those shown to be', () => {
    const { method, rows } = analyse(study(usual), { ownNetwork: 'own' }).ownNetwork!;
    expect([method, rows.map((row) => row.method)]).toEqual(['own', ['plain', 'shared']]);
    expect(rows[1]).toMatchObject({ domains: 5, below: 2, above: 2, shownBelow: 2, shownAbove: 2 });
    expect(rows[1]!.byDomain.map(({ domain, size }) => [domain, size])[0]).toEqual(['e', 5000]);
    expect(rows[1]!.byDomain[0]!.gain.comparisons).toBe(10);
    expect(rows[1]!.gain.mean).toBeCloseTo((-0.02 * 400 - 0.01 * 200 + 0.01 * 50 + 0.02 * 50) / 800, 12);
  });

  it('shows nothing on one seed', () => {
    const one = analyse(study(usual, {}, 1), { ownNetwork: 'own' }).ownNetwork!.rows[1]!;
    expect(one).toMatchObject({ below: 3, shownBelow: null, shownAbove: null, gain: { verdict: 'too few seeds' } });
  });

  it('takes the method that is named, and is left out by false or where there is none', () => {
    expect(analyse(study(usual), { ownNetwork: 'plain' }).ownNetwork!.method).toBe('plain');
    for (const options of [{ ownNetwork: false as const }, {}])
      expect(analyse(study(usual), options).ownNetwork).toBeUndefined();
  });
});

const byLayer = (values: readonly (readonly (number | null)[])[]) => ({
  ...{ name: 'share', meaning: 'A share.', rows: ['a', 'b'], columnsAre: 'layers' as const },
  ...{ columns: ['deep/0', 'deep/1'], values },
});

describe('what plugins say', () => {
  it('is one number a trial: mean over domains by rows, then over layers', () => {
    const trial = trialOf('shared', 0, usual);
    expect(
      scalarOf(
        byLayer([
          [0.2, 0.5],
          [0.8, null],
        ]),
        trial,
      ),
    ).toBeCloseTo(((0.2 * 400 + 0.8 * 200) / 600 + 0.5) / 2, 12);
    expect(
      scalarOf(
        byLayer([
          [null, null],
          [null, null],
        ]),
        trial,
      ),
    ).toBeNull();
  });

  it('is a mean over seeds, by plugin and matrix', () => {
    const trials = [0.2, 0.4].map((share, seed) => {
      const trial = trialOf('shared', seed, usual);
      const diagnostics = {
        adasparse: {
          matrices: [
            byLayer([
              [share, share],
              [share, share],
            ]),
          ],
        },
      };
      return { ...trial, details: { ...trial.details!, diagnostics } };
    });
    const [row, ...others] = analyse(study(usual, { trials })).pluginStatistics!;
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      backbone: 'dnn',
      method: 'shared',
      plugin: 'adasparse',
      name: 'share',
      value: { n: 2 },
    });
    expect(row!.value.mean).toBeCloseTo(0.3, 12);
  });
});

describe('overlap', () => {
  const pairs = (values: number[][], layer = 'deep/0') => ({
    ...{ name: 'overlap', meaning: 'Both.', rows: ['a', 'b', 'c'], columns: ['a', 'b', 'c'], layer, values },
    columnsAre: 'domains' as const,
  });
  /** ab, ac, bc */
  const symmetric = (ab: number, ac: number, bc: number): number[][] => [
    [1, ab, ac],
    [ab, 1, bc],
    [ac, bc, 1],
  ];
  const trials = [symmetric(0.9, 0.5, 0.1), symmetric(0.9, 0.1, 0.5)].map((values, seed) => {
    const trial = trialOf('shared', seed, usual);
    return { ...trial, details: { ...trial.details!, diagnostics: { adasparse: { matrices: [pairs(values)] } } } };
  });
  const similarity = {
    // Another order than the plugin's.
    domains: ['c', 'b', 'a'],
    measures: [
      {
        name: 'audience',
        meaning: 'Who.',
        values: [
          [1, 0.2, 0.3],
          [0.2, 1, 0.8],
          [0.3, 0.8, 1],
        ],
      },
    ],
    chosen: ['a', 'b', 'c'] as const,
  };
  const results = study(usual, { trials, data: { ...data, similarity } });

  it('is ranked against similarity, seed by seed, over the pairs of domains', () => {
    const { rows, chosen } = analyse(results).overlap!;
    // Similarity of ab, ac, bc: .8, .3, .2. The first seed has that order, the second ac and bc changed.
    expect(rows).toMatchObject([{ layer: 'deep/0', measure: 'audience', pairs: 3, correlation: { mean: 0.75, n: 2 } }]);
    expect(
      chosen.map(({ pair, overlap, similarity: alike }) => [pair.join(''), overlap!.mean, alike['audience']]),
    ).toEqual([
      ['ab', 0.9, 0.8],
      ['ac', 0.3, 0.3],
      ['bc', 0.3, 0.2],
    ]);
  });

  it('is left out by the option, and where the data have no similarity', () => {
    expect(analyse(results, { overlap: false }).overlap).toBeUndefined();
    expect(analyse(study(usual, { trials })).overlap).toBeUndefined();
  });

  it('is printed with all other analyses, each as a table, wherever tables are', () => {
    const analyses = analyse(
      { ...results, trials: [...study(usual).trials, ...trials.map((one) => ({ ...one, seed: one.seed + 9 }))] },
      { buckets: 2, ownNetwork: 'own' },
    );
    const all = showing({ ...results, analyses });
    expect(toText({ ...results, analyses })).toMatch(/as well:\n {2}AUC inside domains, by buckets/);
    const titles = ['AUC inside domains, by buckets', 'own ("own")', 'Rank correlation of overlap', 'Three domains'];
    for (const title of titles) expect(toText(all)).toContain(title);
    expect(toMarkdown(all).match(/^## /gm)).toHaveLength(4);
    expect(toLatex(all).match(/\\begin\{table\}/g)).toHaveLength(5);
    expect(toText(all)).toMatch(/dnn +shared +deep\/0 +\.9000 ± \.0000 +\.3000 ± \.2828 +\.3000 ± \.2828\n/);
    expect(toText(all)).toContain('a and b: audience .8000.');
    expect(toText(results)).not.toContain('Three domains');
  });
});

describe('options', () => {
  it('have defaults, and are checked', () => {
    expect(Value.Default(AnalysisOptions, {})).toEqual({
      show: ['seedsAndRows'],
      seedsAndRows: true,
      buckets: 3,
      pluginStatistics: true,
      overlap: true,
    });
    const wrong = [{ buckets: -1 }, { buckets: 2.5 }, { ownNetwork: '' }, { bucket: 3 }];
    const usual = { show: [], seedsAndRows: true, buckets: 3, pluginStatistics: true, overlap: true };
    for (const some of wrong) expect(Value.Check(AnalysisOptions, { ...usual, ...some })).toBe(false);
    const none = { seedsAndRows: false, buckets: 0, ownNetwork: false, pluginStatistics: false, overlap: false };
    expect(Value.Check(AnalysisOptions, { show: [], ...none })).toBe(true);
    expect(Value.Check(AnalysisOptions, { ...usual, show: ['realised'] })).toBe(false);
  });
});

describe('gains over seeds and rows', () => {
  const labels = Float32Array.from({ length: 400 }, (_, row) => row % 2);
  /** Scores that tell clicks apart by `skill`, with noise of the row, the same for all seeds, and of the seed. */
  const scores = (skill: number, seed: number): Float32Array =>
    labels.map((label, row) => skill * label + Math.sin(row * 12.9898) + 0.2 * Math.sin(row * 78.233 + seed * 37.7));
  const against = (method: string, skill: number) => ({
    ...{ backbone: 'dnn', method, labels, seeds: 3 },
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
    expect(analyseScores([{ ...against('one', 3), seeds: 1 }, self, clicks])).toEqual({});
    expect(analyseScores([against('good', 3)], { seedsAndRows: false })).toEqual({});
  });

  it('are what the terminal shows beside the table', () => {
    const analyses = analyseScores([against('shared', 3)]);
    expect(toText({ ...study(usual), analyses })).toMatch(
      /seeds and rows both taken as samples\n\n.*\n.*\ndnn +shared +\+\.\d{4}/,
    );
  });
});
