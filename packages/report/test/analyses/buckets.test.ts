import { describe, expect, it } from 'vitest';
import { analyse, toText } from '../../src/index.js';
import { showing, type Aucs, data, study, usual } from './study.js';

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
