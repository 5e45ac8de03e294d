import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeWith, featureMapFromJson, featureMapToJson, type EncodedData } from '../../src/index.js';
import { errorOf, file, load } from '../fixtures.js';

/** What docs/artifact.md says. */
const hashed = (text: string, buckets: number, seed: number): number =>
  1 + Number(createHash('md5').update(`${seed}/${text}`, 'utf8').digest().readBigUInt64LE(0) % BigInt(buckets));
const idsOf = ({ ids, schema }: EncodedData, name: string): number[] => {
  const f = schema.fields.findIndex((field) => field.name === name);
  return Array.from({ length: ids.length / schema.fields.length }, (_, row) => ids[row * schema.fields.length + f]!);
};

const items = ['7', '007', 'Žluť 京', "it's", ' 7', '', '9007199254740993001'];
const path = file(
  'hash.csv',
  `tab,item,time,click\n${items.map((item, i) => `t${i % 2},${item},${i},${i % 2}`).join('\n')}\n`,
);
const fields = (buckets: number, seed = 1) => [
  'tab',
  { name: 'item', encoding: { kind: 'hash' as const, buckets, seed } },
];

describe('hashed fields', () => {
  it.each([
    [1000, 1],
    [1000, 2],
    [3, 1],
    [100_000_000, 77],
  ])('have the documented ids: %i buckets, seed %i', async (buckets, seed) => {
    const data = await load(path, { fields: fields(buckets, seed) });
    expect(idsOf(data, 'item')).toEqual(items.map((item) => (item === '' ? 0 : hashed(item, buckets, seed))));
    expect(data.schema.fields[1]).toEqual({ name: 'item', size: buckets + 1, offset: 3 });
  });

  it('encode values never seen, and need no vocabulary in the artifact', async () => {
    const data = await load(path, { fields: fields(1000) });
    const json = JSON.parse(JSON.stringify(featureMapToJson(data.featureMap))) as ReturnType<typeof featureMapToJson>;
    expect(Object.keys(json.vocabularies as object)).toEqual(['tab']);
    const map = featureMapFromJson(json);
    expect(map).toEqual(data.featureMap);
    const more = await encodeWith(map, [file('more.csv', 'tab,item\nt0,new\nt1,7\n')]);
    expect(idsOf(more, 'item')).toEqual([hashed('new', 1000, 1), hashed('7', 1000, 1)]);
  });

  it('may be the domain, and come from expressions', async () => {
    const encoding = { kind: 'hash' as const, buckets: 50, seed: 1 };
    const both = [
      { name: 'tab', encoding },
      { name: 'pair', expression: "tab || '/' || time", encoding },
    ];
    const data = await load(path, { fields: both, rareDomains: { minRows: 4, into: '(rare)' } });
    expect(data.schema.domains).toEqual(['(unseen)', 't0', '(rare)']);
    expect(idsOf(data, 'tab').slice(0, 2)).toEqual([hashed('t0', 50, 1), hashed('(rare)', 50, 1)]);
    expect(idsOf(data, 'pair')[1]).toBe(hashed('t1/1', 50, 1));
  });

  it('may be all columns that are not named', async () => {
    const encoding = { kind: 'hash' as const, buckets: 50, seed: 1 };
    const data = await load(path, { fields: ['tab', { name: '*', encoding }] });
    expect(data.schema.fields.map(({ name, size }) => [name, size])).toEqual([
      ['tab', 3],
      ['item', 51],
    ]);
    const wrong = (fields: unknown[]) => errorOf(load(path, { fields: fields as never }));
    for (const [fields, place] of [
      [['tab', { name: '*', expression: 'item' }], 'data.fields[1].expression'],
      [['*', 'tab', '*'], 'data.fields[2]'],
      [['tab', 'item', { name: 'item', encoding }], 'data.fields[2]'],
    ] as const) {
      const { code, details } = await wrong([...fields]);
      expect([code, details.path]).toEqual(['MDCTR_CONFIG_VALUE', place]);
    }
  });

  it('have no rare values', async () => {
    const wrong = ['tab', { name: 'item', minFrequency: 2, encoding: { kind: 'hash' as const, buckets: 9, seed: 1 } }];
    const { code, details } = await errorOf(load(path, { fields: wrong }));
    expect([code, details.path]).toEqual(['MDCTR_CONFIG_VALUE', 'data.fields[1].minFrequency']);
  });
});
