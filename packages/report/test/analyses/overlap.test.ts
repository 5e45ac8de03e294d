import { describe, expect, it } from 'vitest';
import { analyse, analysisTables, toLatex, toMarkdown, toText } from '../../src/index.js';
import { showing, trialOf, data, study, usual } from './study.js';

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
    expect(toText({ ...results, analyses })).toMatch(/as well:\n(?: {2}.*\n)* {2}AUC inside domains, by buckets/);
    const titles = ['AUC inside domains, by buckets', 'own ("own")', 'Rank correlation of overlap', 'Three domains'];
    for (const title of titles) expect(toText(all)).toContain(title);
    const tables = analysisTables({ analyses, baseline: null }).length;
    expect(toMarkdown(all).match(/^## /gm)).toHaveLength(tables);
    expect(toLatex(all).match(/\\begin\{table\}/g)).toHaveLength(1 + tables);
    expect(toText(all)).toMatch(/dnn +shared +deep\/0 +\.9000 ± \.0000 +\.3000 ± \.2828 +\.3000 ± \.2828\n/);
    expect(toText(all)).toContain('a and b: audience .8000.');
    expect(toText(results)).not.toContain('Three domains');
  });
});
