import { describe, expect, it } from 'vitest';
import { featureMapFromJson, featureMapToJson, loadData } from '../../src/index.js';
import { cell, errorOf, file, load, options } from '../fixtures.js';

const head = 'tab,item,time,click\n';
/** Twenty rows whose time runs against the order of the file. */
const rows = Array.from({ length: 20 }, (_, i) => `${i < 18 ? 'a' : 'b'},item${i % 4},${100 - i},${i % 2}`);
const csv = (): string => file('rows.csv', head + rows.join('\n'));

describe('split by time', () => {
  it('trains on the oldest rows and tests on the latest', async () => {
    const { splits } = await load(csv(), { split: { by: 'time', column: 'time', validation: 0.1, test: 0.2 } });
    expect([...splits.test]).toEqual([0, 1, 2, 3]);
    expect([...splits.validation]).toEqual([4, 5]);
    expect(splits.train.length).toBe(14);
  });

  it('compares numbers, not text', async () => {
    const path = file('numbers.csv', `${head}a,x,9,0\na,x,10,1\na,x,11,0\na,x,100,1\n`);
    const { splits } = await load(path, { split: { by: 'time', column: 'time', validation: 0, test: 0.25 } });
    expect([...splits.test]).toEqual([3]);
  });
});

describe('rolling splits', () => {
  // Times with ties, in an order of their own.
  const count = 103;
  const times = Array.from({ length: count }, (_, i) => (i * 37) % 50);
  const path = (): string =>
    file('rolling.csv', head + times.map((time, i) => `a,item${i % 5},${time},${i % 2}`).join('\n'));
  const split = (more: object = {}) => ({ by: 'time' as const, column: 'time', validation: 0.1, test: 0.13, ...more });

  /** Sorts the rows and cuts them, from the end. */
  function naive(folds: number, fold: number) {
    const order = times.map((time, row) => ({ time, row })).sort((a, b) => a.time - b.time || a.row - b.row);
    const [test, validation] = [Math.round(0.13 * count), Math.round(0.1 * count)];
    const end = count - (folds - fold) * test;
    const rowsOf = (from: number, to: number) =>
      order
        .slice(from, to)
        .map(({ row }) => row)
        .sort((a, b) => a - b);
    return {
      train: rowsOf(0, end - test - validation),
      validation: rowsOf(end - test - validation, end - test),
      test: rowsOf(end - test, end),
    };
  }

  it('are what a naive computation gives: test windows side by side, and nothing trained on that is later', async () => {
    for (const fold of [1, 2, 3, 4]) {
      const { splits } = await load(path(), { split: split({ folds: 4, fold }) });
      const { train, validation, test } = splits;
      expect({ train: [...train], validation: [...validation], test: [...test] }).toEqual(naive(4, fold));
      const timesOf = (rows: Int32Array): number[] => [...rows].map((row) => times[row]!);
      expect(Math.max(...timesOf(train), ...timesOf(validation))).toBeLessThanOrEqual(Math.min(...timesOf(test)));
    }
  });

  it('end with the split without folds, which a trial takes', async () => {
    const [without, one, last] = await Promise.all(
      [{}, { folds: 1 }, { folds: 3 }].map((more) => load(path(), { split: split(more) })),
    );
    expect(one!.splits).toEqual(without!.splits);
    expect(last!.splits).toEqual(without!.splits);
  });

  it('learn vocabularies from the rows of their own fold', async () => {
    const latest = `${head}${Array.from({ length: 20 }, (_, i) => `a,${i < 10 ? 'old' : 'new'},${i},${i % 2}`).join('\n')}`;
    const more = { split: split({ validation: 0.1, test: 0.2, folds: 2, fold: 1 }) };
    const { featureMap } = await load(file('latest.csv', latest), more);
    expect(featureMap.vocabularies[1]).toEqual(['old']);
  });

  it('are refused without test rows, with too little to train on, and for a fold that is not there', async () => {
    const refused = async (more: object) => {
      const error = await errorOf(load(path(), { split: split(more) }));
      return [error.code, error.details.path];
    };
    expect(await refused({ folds: 2, test: 0 })).toEqual(['MDCTR_DATA_SPLIT', 'data.split.test']);
    expect(await refused({ folds: 8, test: 0.1 })).toEqual(['MDCTR_DATA_SPLIT', 'data.split.folds']);
    expect(await refused({ folds: 3, fold: 4 })).toEqual(['MDCTR_DATA_SPLIT', 'data.split.fold']);
    // A fifth of the rows is just enough.
    await load(path(), { split: split({ folds: 7, test: 0.1 }) });
  });
});

describe('split by seed', () => {
  const split = (seed: number) => ({ by: 'seed' as const, seed, validation: 0.2, test: 0.3 });

  it('puts every row in one split, in the asked shares, the same for a seed', async () => {
    const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => load(csv(), { split: split(seed) })));
    const { train, validation, test } = one!.splits;
    expect([train.length, validation.length, test.length]).toEqual([10, 4, 6]);
    expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
    expect(again!.splits).toEqual(one!.splits);
    expect(other!.splits).not.toEqual(one!.splits);
  });
});

describe('split by timestamps', () => {
  it('reads timestamps, those with a zone in it', async () => {
    const times = ['2019-11-24 01:00:00', '2019-11-24T00:00:00.5', '2019-11-24 02:30:00+02:00', '2019-11-25'];
    const path = file('stamps.csv', head + times.map((time, i) => `a,x,${time},${i % 2}`).join('\n'));
    const { splits } = await load(path, { split: { by: 'time', column: 'time', validation: 0.25, test: 0.25 } });
    expect([[...splits.train], [...splits.validation], [...splits.test]]).toEqual([[1, 2], [0], [3]]);
  });
});

describe('split by group', () => {
  const users = Array.from({ length: 3000 }, (_, i) => `a,item${i % 5},${i},${i % 2},u${(i * 7919) % 300}`);
  const path = (): string => file('users.csv', `tab,item,time,click,user\n${users.join('\n')}`);
  const split = (seed: number) => ({ by: 'group' as const, column: 'user', seed, validation: 0.2, test: 0.3 });

  it('has no group in two splits, groups in about the asked shares, the same for a seed', async () => {
    const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => load(path(), { split: split(seed) })));
    const groups = Object.values(one!.splits).map((rows) => new Set([...rows].map((row) => users[row]!.split(',')[4])));
    expect(groups.reduce((sum, group) => sum + group.size, 0)).toBe(300);
    // Binomial: 4 standard deviations of 300 draws are 32 at most.
    [150, 60, 90].forEach((size, i) => expect(Math.abs(groups[i]!.size - size)).toBeLessThan(32));
    expect(again!.splits).toEqual(one!.splits);
    expect(other!.splits).not.toEqual(one!.splits);
  });

  it('keeps rows without a value together', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `a,x,${i},${i % 2},${i < 20 ? '' : `u${i}`}`);
    const data = await load(file('nobody.csv', `tab,item,time,click,user\n${rows.join('\n')}`), { split: split(1) });
    const nobody = Object.values(data.splits).map((rows) => [...rows].filter((row) => row < 20).length);
    expect(nobody.sort()).toEqual([0, 0, 20]);
  });

  it('needs its column', async () => {
    const error = await errorOf(load(path(), { split: { ...split(1), column: 'usr' } }));
    expect([error.code, error.message.includes('"user"')]).toEqual(['MDCTR_DATA_COLUMN', true]);
  });
});

describe('split by file', () => {
  const part = (name: string, count: number): string =>
    file(name, head + Array.from({ length: count }, (_, i) => `a,${name}-${i},${i},${i % 2}`).join('\n'));
  const split = (validation: string[], test: string[]) => ({ split: { by: 'file' as const, validation, test } });

  it('takes the source for training and further files for the rest, also after a join and a condition', async () => {
    const [train, validation, test] = [part('s1.csv', 4), part('s2.csv', 2), part('s3.csv', 3)];
    const side = file('side.csv', 'tab,kind\na,top\n');
    const data = await loadData({
      ...options,
      ...split([validation], [test]),
      source: { kind: 'files', files: [train], joins: [{ files: [side], key: 'tab', prefix: '' }] },
      where: "item <> 's1.csv-0'",
    });
    const { splits } = data;
    expect([[...splits.train], [...splits.validation], [...splits.test]]).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6, 7],
    ]);
    expect(data.featureMap.vocabularies[1]).toEqual(['s1.csv-1', 's1.csv-2', 's1.csv-3']);
  });

  it('refuses a file in two splits, and synthetic rows', async () => {
    const path = part('s4.csv', 4);
    const twice = await errorOf(load(path, split([path], [])));
    expect([twice.code, twice.message.includes('two splits')]).toEqual(['MDCTR_DATA_SPLIT', true]);
    const source = { kind: 'synthetic' as const, rows: 200, domains: 2, seed: 1 };
    const none = await errorOf(loadData({ ...options, ...split([], []), source, domain: 'position', fields: [] }));
    expect(none.code).toBe('MDCTR_DATA_SPLIT');
  });
});

describe('vocabularies', () => {
  const path = (): string => file('vocabulary.csv', `${head}a,x,0,0\na,y,1,1\na,y,2,0\nb,z,3,1\nb,x,4,0\nc,late,5,1\n`);
  const split = { by: 'time' as const, column: 'time', validation: 0, test: 0.17 };

  it('come from the training rows alone, most frequent first, ties by value', async () => {
    const data = await load(path(), { split });
    expect(data.featureMap.vocabularies).toEqual([
      ['a', 'b'],
      ['x', 'y', 'z'],
    ]);
    expect([cell(data, 5, 'tab'), cell(data, 5, 'item'), data.domains[5]]).toEqual(['-', '-', 0]);
  });

  it('leave rare values out, by data set or by field', async () => {
    const data = await load(path(), { split, minFrequency: 2, fields: [{ name: 'tab', minFrequency: 3 }, 'item'] });
    expect(data.featureMap.vocabularies).toEqual([['a'], ['x', 'y']]);
    // A domain is a domain however rare its value is.
    expect(data.schema.domains).toEqual(['(unseen)', 'a', 'b']);
  });

  it('lie one after the other in the joint table', async () => {
    const { schema } = await load(path(), { split });
    expect(schema.fields).toEqual([
      { name: 'tab', size: 3, offset: 0 },
      { name: 'item', size: 4, offset: 3 },
    ]);
  });
});

describe('feature map', () => {
  it('survives JSON', async () => {
    const { featureMap } = await load(csv(), { fields: ['tab', { name: 'double', expression: 'item || item' }] });
    const json = JSON.parse(JSON.stringify(featureMapToJson(featureMap))) as ReturnType<typeof featureMapToJson>;
    expect(featureMapFromJson(json)).toEqual(featureMap);
  });

  it('is refused when its two documents do not fit', async () => {
    const json = featureMapToJson((await load(csv())).featureMap);
    const broken = { ...json, vocabularies: { ...(json.vocabularies as object), item: ['one'] } };
    const error = await errorOf(Promise.resolve().then(() => featureMapFromJson(broken)));
    expect(error.code).toBe('MDCTR_ARTIFACT_DAMAGED');
    expect(error.message).toContain('item');
  });
});
