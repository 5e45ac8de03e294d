import { describe, expect, it } from 'vitest';
import { featureMapFromJson, featureMapToJson } from '../src/index.js';
import { cell, errorOf, file, load } from './fixtures.js';

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
