import { describe, expect, it } from 'vitest';
import { describeFiles, type Description } from '../../src/index.js';
import { errorOf, file, load } from '../fixtures.js';
import type { ColumnFacts } from '../../src/columns/column-facts.js';
import { guessKind } from '../../src/columns/guess-kind.js';

const count = 600;
const noise = (i: number, salt: number): number => (Math.imul(i * 31 + salt, 0x9e3779b1) >>> 9) % 1000;
const click = (i: number): number => (noise(i, 1) < 300 ? 1 : 0);
const make: Record<string, (i: number) => string | number> = {
  '': (i) => i,
  event_time: (i) => 1_650_812_741_436 + i * 977,
  day: (i) => (i < 300 ? '2022-04-25' : '2022-04-26'),
  tab: (i) => ['home', 'search', 'cart', 'home'][noise(i, 2) % 4]!,
  user_id: (i) => 9_007_199_254_740_993n.toString() + String(noise(i, 3) % 150),
  request: (i) => `r${i}-${noise(i, 4)}`,
  price: (i) => noise(i, 5) + 0.25,
  tags: (i) => [...new Set([noise(i, 6) % 7, noise(i, 7) % 7, noise(i, 8) % 7])].join('|'),
  // Lists that hardly come twice, of more parts than there are lists, as in IJCAI-18's item_property_list.
  properties: (i) => Array.from({ length: 20 }, (_, j) => 10 ** 15 + ((i * 37 + j * 11) % 800)).join(';'),
  range: (i) => (noise(i, 9) % 2 ? '[1|5)' : '[5|30)'),
  version: () => '1.0',
  note: () => '',
  clicked: (i) => click(i),
  dwell: (i) => (click(i) ? 1000 + noise(i, 10) + i / 1000 : i / 1000),
  liked: (i) => (click(i) && noise(i, 11) < 300 ? 1 : 0),
  brand: (i) => (noise(i, 12) < 200 ? '' : `b${noise(i, 13) % 9}`),
};
const csv = (name: string, from = 0): string =>
  file(
    name,
    `${Object.keys(make).join(',')}\n${Array.from({ length: count }, (_, i) => Object.values(make).map((cell) => cell(i + from))).join('\n')}\n`,
  );
const column = ({ columns }: Description, name: string) => columns.find((one) => one.name === name)!;

describe('describe', async () => {
  const path = csv('log.csv');
  const found = await describeFiles({ files: [path] });

  it('guesses what columns hold, with reasons', () => {
    const kinds = Object.fromEntries(found.columns.map(({ name, kind }) => [name, kind]));
    expect(kinds).toEqual({
      column1: 'row number',
      event_time: 'timestamp',
      day: 'date',
      tab: 'categorical',
      user_id: 'categorical',
      request: 'unique',
      price: 'numeric',
      tags: 'multi-valued',
      properties: 'multi-valued',
      range: 'categorical',
      version: 'constant',
      note: 'empty',
      clicked: 'binary',
      dwell: 'numeric',
      liked: 'binary',
      brand: 'categorical',
    });
    expect(found.columns.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect([found.rows, found.whole, column(found, 'brand').missing > 90]).toEqual([count, true, true]);
  });

  it('proposes label, domain, split and what to leave out', () => {
    expect([found.label, found.domain]).toEqual(['clicked', ['tab']]);
    expect(found.data!.split).toEqual({ by: 'time', column: 'event_time', validation: 0.1, test: 0.1 });
    expect(found.data!.exclude).toEqual(['column1', 'day', 'request', 'version', 'note', 'dwell', 'liked']);
    expect(column(found, 'dwell').reasons.join()).toContain('leak: predicts "clicked" alone with AUC 1.000');
    expect(column(found, 'liked').reasons.join()).toContain('have "clicked" 1');
  });

  it('proposes a config that loads: numbers in parts of equal size, lists by their parts', async () => {
    const { fields, exclude, domain, label } = found.data as never as Parameters<typeof load>[1] & object;
    const data = await load(path, {
      fields,
      exclude,
      domain,
      label,
      split: { by: 'seed', seed: 1, validation: 0, test: 0 },
    } as never);
    expect(data.schema.fields.find(({ name }) => name === 'price')!.size).toBeGreaterThan(15);
    expect(data.schema.fields.map(({ name }) => name).sort()).toEqual(
      ['brand', 'event_time', 'price', 'properties', 'range', 'tab', 'tags', 'user_id'].sort(),
    );
    const field = (name: string) => data.schema.fields.find((one) => one.name === name)!;
    expect(field('tags')).toMatchObject({ size: 8, pooling: 'mean' });
    expect(field('properties')).toMatchObject({ size: 801, pooling: 'mean' });
    expect(column(found, 'tags').reasons.join()).toMatch(/hold "\|": 7 distinct parts, up to 3 together/);
    expect(data.warnings).toEqual([]);
  });

  it('takes label and domain that are named', async () => {
    const named = await describeFiles({ files: [path], label: 'liked', domain: ['range', 'tab'] });
    expect([named.label, named.data!.domain]).toEqual(['liked', ['range', 'tab']]);
    const error = await errorOf(describeFiles({ files: [path], label: 'likd' }));
    expect([error.code, error.message.includes('Did you mean "liked"')]).toEqual(['MDCTR_DATA_COLUMN', true]);
  });

  it('says so where nothing looks like a label', async () => {
    const plain = await describeFiles({ files: [file('plain.csv', `a,b\n${'x,1\ny,2\n'.repeat(30)}`)] });
    expect([plain.label, plain.data]).toEqual([undefined, undefined]);
  });
});

describe('kinds', () => {
  const facts: ColumnFacts = {
    name: 'x',
    rows: 10_000,
    missing: 0,
    distinct: 5000,
    top: 10,
    examples: ['1'],
    numbers: 1,
    integers: 1,
    least: 0,
    most: 1e6,
    timestamps: 0,
    dates: 0,
    separator: '|',
    separated: 0,
    parts: 0,
    allParts: 0,
    longest: 0,
  };
  it.each([
    ['ids of ten digits', { name: 'music_id', least: 1_000_000_123, most: 2_040_000_000 }, 'categorical'],
    ['seconds with a name of time', { name: 'ts', least: 1_650_000_000, most: 1_650_900_000 }, 'timestamp'],
    ['milliseconds without one', { name: 'x', least: 1.65e12, most: 1.651e12 }, 'timestamp'],
    ['ids over the whole range of milliseconds', { name: 'x', least: 1.001e12, most: 2.04e12 }, 'categorical'],
    ['20220425', { name: 'upload_dt', dates: 1, distinct: 10, least: 20220401, most: 20220425 }, 'date'],
    [
      'ids that look like dates',
      { name: 'shop', dates: 1, distinct: 10, least: 20220401, most: 20220425 },
      'categorical',
    ],
    ['a quantity by name', { name: 'duration_ms' }, 'numeric'],
    ['an id by name', { name: 'age_id' }, 'categorical'],
    ['fractions', { integers: 0.1 }, 'numeric'],
    ['lists', { numbers: 0, separated: 0.1, parts: 8000, allParts: 30_000, longest: 9 }, 'multi-valued'],
    ['texts with commas', { numbers: 0, separated: 0.9, parts: 9000, allParts: 11_000, longest: 5 }, 'categorical'],
  ])('%s', (_what, over, kind) => {
    expect(guessKind({ ...facts, ...over }).kind).toBe(kind);
  });
});
