import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  encodeWith,
  featureMapFromJson,
  featureMapToJson,
  loadData,
  type DataOptions,
  type EncodedData,
  type FeatureMap,
} from '../src/index.js';
import { cell, errorOf, file, options } from './fixtures.js';

type Files = Extract<DataOptions['source'], { kind: 'files' }>;

const load = (source: Partial<Files>, more: Partial<DataOptions> = {}): Promise<EncodedData> =>
  loadData({ ...options, source: { kind: 'files', files: [], joins: [], ...source }, fields: [], ...more });
const cells = (data: EncodedData, field: string): string[] =>
  Array.from({ length: data.rows }, (_, row) => cell(data, row, field));
/** A feature map after a stay in an artifact. */
const stored = (map: FeatureMap): FeatureMap =>
  featureMapFromJson(JSON.parse(JSON.stringify(featureMapToJson(map))) as ReturnType<typeof featureMapToJson>);

const ratings = (): string =>
  file('ratings.dat', Buffer.from('a::Am\xe9lie: "x"::5::0\nb::7::2::1\na::7::4::2\n', 'latin1'));
const movieLens = {
  csv: { delimiter: '::', header: ['tab', 'item', 'rating', 'time'], quotes: false, encoding: 'latin-1' as const },
  columns: ['tab', 'item', 'time', { name: 'click', expression: 'CAST(rating AS DOUBLE) >= 4' }],
};

describe('files without a header line', () => {
  it('get their names, delimiter, quotes and encoding from the config', async () => {
    const data = await load({ files: [ratings()], ...movieLens });
    expect(data.schema.fields.map(({ name }) => name)).toEqual(['tab', 'item']);
    expect([cells(data, 'item'), [...data.labels!]]).toEqual([
      ['Amélie: "x"', '7', '7'],
      [1, 0, 1],
    ]);
  });

  it.each([
    ['a ragged line', 'a::x::5::0\nb::7:2::1\n', movieLens.csv, 'CSV', 'bad.dat:2', '3 cells'],
    ['a bad label', 'a,x,0,0\nb,y,1,7\n', { header: ['tab', 'item', 'time', 'click'] }, 'LABEL', 'bad.dat:2', '"7"'],
  ])('name the line of %s', async (_what, text, csv, code, place, found) => {
    const error = await errorOf(load({ files: [file('bad.dat', text)], csv }));
    expect([error.code, error.message.includes(place), error.message.includes(found)]).toEqual([
      `MDCTR_DATA_${code}`,
      true,
      true,
    ]);
  });

  it('are scored as they were trained on; files of another ending by their own', async () => {
    const map = stored((await load({ files: [ratings()], ...movieLens })).featureMap);
    const raw = await encodeWith(map, [ratings()]);
    const plain = await encodeWith(map, [file('plain.csv', 'tab,item\nb,7\n')]);
    expect([cells(raw, 'item'), cells(plain, 'item'), plain.labels]).toEqual([
      ['Amélie: "x"', '7', '7'],
      ['7'],
      undefined,
    ]);
  });
});

describe('computed columns', () => {
  const log = (): string => file('log.csv', 'tab,item,when,click\na,7,5,0\nb,8,6,1\n');

  it('may use those before them, be label, domain, time and key, and stand beside all the others', async () => {
    mkdirSync(`${dirname(file('x', ''))}/men`, { recursive: true });
    const path = file('men/log.csv', 'item,when,click\n7,5,0\n8,6,1\n');
    const campaign = { name: 'campaign', expression: "split_part(mdctr_file, '/', -2)" };
    const items = file('items.csv', 'item,brand\n7,x\n8,y\n');
    const data = await load(
      {
        files: [path],
        columns: ['*', campaign, { name: 'key', expression: "campaign || '/' || item" }],
        joins: [
          {
            files: [items],
            key: 'key',
            prefix: '',
            columns: ['brand', { name: 'key', expression: "'men/' || item" }],
          },
        ],
      },
      { domain: 'campaign', split: { by: 'time', column: 'when', validation: 0, test: 0 } },
    );
    expect([cells(data, 'campaign'), cells(data, 'key'), cells(data, 'brand')]).toEqual([
      ['men', 'men'],
      ['men/7', 'men/8'],
      ['x', 'y'],
    ]);
    const more = await encodeWith(stored(data.featureMap), [file('men/new.csv', 'item\n8\n9\n')]);
    expect([cells(more, 'key'), cells(more, 'brand')]).toEqual([
      ['men/8', '-'],
      ['y', '-'],
    ]);
  });

  it('are taken as they are from rows to score that have them', async () => {
    const columns = ['tab', 'click', 'when', { name: 'even', expression: 'CAST(item AS INTEGER) % 2 = 0' }];
    const split = { by: 'time' as const, column: 'when', validation: 0, test: 0 };
    const { featureMap } = await load({ files: [log()], columns }, { split });
    const more = await encodeWith(stored(featureMap), [file('flat.csv', 'tab,even\na,true\nb,false\n')]);
    expect(cells(more, 'even')).toEqual(['true', 'false']);
  });

  it.each([
    ['an unknown column', { name: 'x', expression: 'itm + 1' }, 'EXPRESSION', '"x" does not work'],
    ['a cell that cannot be cast', { name: 'x', expression: 'CAST(tab AS INTEGER)' }, 'EXPRESSION', "'a' to INT32"],
    ['a column that is not there', 'itm', 'COLUMN', 'Did you mean "item"?'],
    ['a name that is taken', { name: 'Tab', expression: '1' }, 'COLUMN', '"tab" and "Tab"'],
  ])('refuse %s', async (_what, item, code, part) => {
    const error = await errorOf(load({ files: [log()], columns: ['*', item] }));
    expect(error.code).toBe(`MDCTR_DATA_${code}`);
    expect(error.message).toContain(part);
  });
});
