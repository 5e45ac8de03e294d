import { describe, expect, it } from 'vitest';
import type { DataOptions, EncodedData } from '../../src/index.js';
import { cell, errorOf, file, load } from '../fixtures.js';

type HoldOut = NonNullable<DataOptions['holdOut']>;

/** 300 rows, by number of tabs a, b, c, d; time runs against the order of the file. */
const tabs = Array.from({ length: 300 }, (_, i) => 'abacabadab'[i % 10]!.replace('d', i % 20 < 10 ? 'c' : 'd'));
const csv = (): string =>
  file(
    'new-domain.csv',
    `tab,item,time,click,user\n${tabs.map((tab, i) => `${tab},${tab}${i % 4},${1000 - i},${Math.imul(i + 1, 0x9e3779b1) >>> 31},u${i % 60}`).join('\n')}`,
  );
const splits = {
  time: { by: 'time' as const, column: 'time', validation: 0.2, test: 0.2 },
  seed: { by: 'seed' as const, seed: 1, validation: 0.2, test: 0.2 },
  group: { by: 'group' as const, column: 'user', seed: 1, validation: 0.2, test: 0.2 },
};
const without = (holdOut: Partial<HoldOut>, by: keyof typeof splits = 'time', more: Partial<DataOptions> = {}) =>
  load(csv(), { split: splits[by], holdOut: { domain: 'b', trainRows: 0, seed: 1, ...holdOut }, ...more });
const ofTab = (rows: Int32Array, tab = 'b'): number[] => [...rows].filter((row) => tabs[row] === tab);
const others = (rows: Int32Array): number[] => [...rows].filter((row) => tabs[row] !== 'b');

describe.each(['time', 'group'] as const)('a domain that is held out of a split by %s', (by) => {
  it('is in no training or validation row, and alone in the test rows; the other rows stay where they were', async () => {
    const whole = (await load(csv(), { split: splits[by] })).splits;
    const { splits: rows, domains, schema } = await without({}, by);
    expect([ofTab(rows.train), ofTab(rows.validation)]).toEqual([[], []]);
    expect([...rows.train]).toEqual(others(whole.train));
    expect([...rows.validation]).toEqual(others(whole.validation));
    expect([...rows.test]).toEqual(ofTab(whole.test));
    expect(rows.test.length).toBeGreaterThan(5);
    expect(schema.domains).not.toContain('b');
    expect(new Set([...rows.test].map((row) => domains[row]))).toEqual(new Set([0]));
  });

  it('keeps as many training rows as are asked for, fewer among more, and the same test rows', async () => {
    const whole = (await load(csv(), { split: splits[by] })).splits;
    const curve = await Promise.all([2, 5, 20, 'all' as const].map((trainRows) => without({ trainRows }, by)));
    const kept = curve.map(({ splits }) => ofTab(splits.train));
    const all = ofTab(whole.train);
    expect(kept.map((rows) => rows.length)).toEqual([2, 5, 20, all.length]);
    kept.forEach((rows, i) => expect(kept[i + 1] ?? all).toEqual(expect.arrayContaining(rows)));
    for (const { splits } of curve) {
      expect([...splits.test]).toEqual(ofTab(whole.test));
      expect(others(splits.train)).toEqual(others(whole.train));
    }
  });
});

describe('a domain that is held out', () => {
  it('keeps the earliest rows of a split by time, and rows by seed otherwise', async () => {
    const whole = (await load(csv(), { split: splits.time })).splits;
    // The latest rows come first in the file.
    expect(ofTab((await without({ trainRows: 3 })).splits.train)).toEqual(ofTab(whole.train).slice(-3));
    const draws = await Promise.all([1, 1, 2].map((seed) => without({ trainRows: 5, seed }, 'seed')));
    expect(ofTab(draws[1]!.splits.train)).toEqual(ofTab(draws[0]!.splits.train));
    expect(ofTab(draws[2]!.splits.train)).not.toEqual(ofTab(draws[0]!.splits.train));
  });

  it('was never logged as far as vocabularies, rare domains and groups can tell', async () => {
    const { featureMap, splits, ...data } = await without({});
    expect(featureMap.vocabularies[0]).toEqual(['a', 'c', 'd']);
    expect(featureMap.vocabularies[1]!.filter((item) => item.startsWith('b'))).toEqual([]);
    const row = splits.test[0]!;
    expect(cell({ featureMap, splits, ...data }, row, 'tab')).toBe('-');
    const rare = await without({ trainRows: 2 }, 'time', { rareDomains: { minRows: 3, into: '(rare)' } });
    expect(rare.schema.domains).toContain('(rare)');
    const groups = await without({}, 'time', { domainGroups: 3 });
    expect(groups.schema.domains).toEqual(['(unseen)', 'group 1 of 3', 'group 2 of 3', 'group 3 of 3']);
    expect([...groups.splits.test].every((each) => groups.domains[each] === 0)).toBe(true);
    expect((await errorOf(without({}, 'time', { domainGroups: 4 }))).code).toBe('MDCTR_DATA_DOMAIN_GROUPS');
  });

  it('may be named by its rank among the training rows', async () => {
    const missing = ({ splits }: EncodedData): string[] =>
      [...'abcd'].filter((tab) => ofTab(splits.train, tab).length === 0);
    for (const [rank, tab] of [...'abcd'].entries()) {
      expect(missing(await without({ domain: { rank: rank + 1 } }))).toEqual([tab]);
    }
  });

  it.each([
    ['that is not there', { domain: 'B' }, 'time', 'Did you mean "b"?'],
    ['of a rank that is not there', { domain: { rank: 5 } }, 'time', 'at most 4'],
  ] as const)('%s is refused', async (_what, holdOut, by, says) => {
    const error = await errorOf(without(holdOut, by));
    expect([error.code, error.message.includes(says)]).toEqual(['MDCTR_DATA_HOLD_OUT', true]);
  });

  it('keeps all rows where it has fewer than are to be kept, and says so', async () => {
    const [many, all] = [await without({ trainRows: 1000 }), await without({ trainRows: 'all' })];
    expect(many.splits).toEqual(all.splits);
    expect(many.warnings!.join()).toMatch(/has \d+ training rows, not the 1000/);
    expect(all.warnings!.join()).not.toContain('training rows, not');
  });

  it('is refused without test rows to score', async () => {
    const none = await errorOf(without({}, 'time', { split: { ...splits.time, test: 0 } }));
    expect([none.code, none.details.hint]).toEqual(['MDCTR_DATA_HOLD_OUT', 'Set data.split.test.']);
    // The first rows of the file are the latest, and all of tab a.
    const others = await errorOf(without({}, 'time', { split: { ...splits.time, test: 1 / 300 } }));
    expect(others.message).toContain('all of other domains');
  });
});
