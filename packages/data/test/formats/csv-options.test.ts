import { describe, expect, it } from 'vitest';
import { encodeWith, loadData, type DataOptions, type EncodedData } from '../../src/index.js';
import { cells, errorOf, file, options, stored } from '../fixtures.js';

type Files = Extract<DataOptions['source'], { kind: 'files' }>;

const load = (source: Partial<Files>): Promise<EncodedData> =>
  loadData({ ...options, source: { kind: 'files', files: [], joins: [], ...source }, fields: [] });

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
