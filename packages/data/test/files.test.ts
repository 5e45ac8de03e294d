import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { encodeWith, featureMapFromJson, featureMapToJson, loadData, type EncodedData } from '../src/index.js';
import { cell, errorOf, file, load, options } from './fixtures.js';

const rows = ['a,9007199254740993001,0,0', 'b,007,1,1', 'a,,2,1'];
const csv = `tab,item,time,click\n${rows.join('\n')}\n`;
const jsonl = [
  '{"tab": "a", "item": 9007199254740993001, "time": 0, "click": false}',
  '{"item": "007", "tab": "b", "time": 1, "click": true}',
  '',
  '{"tab": "a", "item": null, "time": 2, "click": 1, "likes": ["x", "y"], "more": {"k": 1}, "long": 1234567890123456789012345}',
].join('\n');
const cells = (data: EncodedData, field: string): string[] =>
  Array.from({ length: data.rows }, (_, row) => cell(data, row, field));
const wanted = ['9007199254740993001', '007', '-'];

/** Writes the result of a query as a Parquet file. */
async function parquet(name: string, query: string): Promise<string> {
  const path = file(name, '');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}

describe('formats', () => {
  it.each([
    ['log.csv', csv],
    ['log.CSV.gz', gzipSync(csv)],
    ['log.tsv', csv.replaceAll(',', '\t')],
    ['log.tsv.gz', gzipSync(csv.replaceAll(',', '\t'))],
    ['log.jsonl', jsonl],
    ['log.ndjson.gz', gzipSync(jsonl)],
    ['log.txt', csv],
  ])('%s', async (name, content) => {
    const data = await load(file(name, content));
    expect([cells(data, 'item'), cells(data, 'tab'), [...data.labels!]]).toEqual([wanted, ['a', 'b', 'a'], [0, 1, 1]]);
  });

  it('log.parquet: typed values have one text form', async () => {
    const path = await parquet(
      'log.parquet',
      `SELECT * FROM (VALUES ('a', 9007199254740993001, 0.0::DOUBLE, 0, false, DATE '2022-04-25', [1, 2], 'x'::BLOB, 0.1::FLOAT, TIMESTAMPTZ '2022-04-25 13:00:00+02'),
       ('b', 7, 1, 1, true, NULL, [3], 'y'::BLOB, 1e20::FLOAT, NULL)) t(tab, item, number, time, click, day, tags, bytes, small, moment)`,
    );
    const data = await load(path, { fields: [] });
    const texts = Object.fromEntries(data.schema.fields.map(({ name }) => [name, cells(data, name)]));
    expect(texts).toEqual({
      tab: ['a', 'b'],
      item: ['9007199254740993001', '7'],
      number: ['0.0', '1.0'],
      day: ['2022-04-25', '-'],
      tags: ['1|2', '3'],
      bytes: ['x', 'y'],
      small: ['0.1', '1e+20'],
      moment: ['2022-04-25 11:00:00+00', '-'],
    });
    expect([...data.labels!]).toEqual([0, 1]);
  });

  it('JSON Lines keep the text of values; lists are joined, structures stay JSON, absent keys are empty', async () => {
    const data = await load(file('nested.jsonl', jsonl), { fields: ['tab', 'likes', 'more', 'long'] });
    expect([cells(data, 'long'), cells(data, 'likes'), cells(data, 'more')]).toEqual([
      ['-', '-', '1234567890123456789012345'],
      ['-', '-', 'x|y'],
      ['-', '-', '{"k":1}'],
    ]);
  });

  it('may be named where the ending does not tell them', async () => {
    const path = file('log.data', jsonl);
    const source = { kind: 'files' as const, files: [path], joins: [], format: 'jsonl' as const };
    expect(cells(await loadData({ ...options, source }), 'item')).toEqual(wanted);
  });
});

describe('several files', () => {
  const folder = dirname(file('part.txt', ''));
  mkdirSync(join(folder, 'parts'), { recursive: true });
  file('parts/10.csv', 'tab,item,time,click\nc,10,0,1\n');
  file('parts/02.jsonl', '{"tab":"b","item":"02","time":1,"click":0}');
  file('parts/01.csv.gz', gzipSync('tab,item,time,click,more\na,01,2,1,m\n'));

  it('of a pattern come sorted by name; a column that one lacks is empty there', async () => {
    const data = await load(join(folder, 'parts/*'), { fields: ['tab', 'item', 'more'] });
    expect([cells(data, 'item'), cells(data, 'more')]).toEqual([
      ['01', '02', '10'],
      ['m', '-', '-'],
    ]);
  });

  it('may tell the domain by their names', async () => {
    const source = { kind: 'files' as const, files: [join(folder, 'parts/*')], joins: [], fileColumn: 'campaign' };
    const data = await loadData({ ...options, source, domain: 'campaign', fields: ['campaign', 'item'] });
    expect(cells(data, 'campaign')).toEqual(['01', '02', '10']);
    const more = await encodeWith(data.featureMap, [join(folder, 'parts/10.csv')]);
    expect(cells(more, 'campaign')).toEqual(['10']);
  });

  it('whose names hold pattern characters are read as they are', async () => {
    const data = await load([file('odd[1]*.csv', csv), file('odd1.csv', csv)]);
    expect(data.rows).toBe(6);
  });

  it('name the file and line of a fault', async () => {
    const error = await errorOf(load([file('good.csv', csv), file('bad.jsonl', `${jsonl}\n{"click": 7}`)]));
    expect([error.code, error.details.at?.line]).toEqual(['MDCTR_DATA_LABEL', 5]);
    expect(error.message).toContain('bad.jsonl:5');
  });
});

describe('side tables', () => {
  const log = (): string => file('clicks.csv', 'tab,item,time,click\na,7,0,0\nb,8,1,1\na,9,2,1\n');
  const withJoins = (...joins: object[]) => ({
    ...options,
    source: { kind: 'files' as const, files: [log()], joins: joins.map((join) => ({ prefix: '', ...join })) as never },
    fields: [],
  });
  const items = (): string => file('items.csv', 'item,brand,price\n9,x,1\n7,y,2\n,z,3\n,z,4\n');

  it('add their columns by key; rows without a match are empty there, and keep their order', async () => {
    const data = await loadData(withJoins({ files: [items()], key: 'item' }));
    expect(data.schema.fields.map(({ name }) => name)).toEqual(['tab', 'item', 'brand', 'price']);
    expect([cells(data, 'item'), cells(data, 'brand')]).toEqual([
      ['7', '8', '9'],
      ['y', '-', 'x'],
    ]);
  });

  it('may have a key of another name, a prefix, and some of their columns', async () => {
    const tabs = file('tabs.jsonl', '{"id": "a", "item": 1, "kind": "top"}\n{"id": "b", "item": 2}');
    const data = await loadData(
      withJoins(
        { files: [tabs], key: { left: 'tab', right: 'id' }, prefix: 'tab_' },
        { files: [items()], key: 'item', columns: ['price'] },
      ),
    );
    expect(data.schema.fields.map(({ name }) => name)).toEqual(['tab', 'item', 'tab_item', 'tab_kind', 'price']);
    expect(cells(data, 'tab_item')).toEqual(['1', '2', '1']);
  });

  it('are joined to rows to score too, unless these have the columns already', async () => {
    const { featureMap } = await loadData(withJoins({ files: [items()], key: 'item' }));
    const json = JSON.parse(JSON.stringify(featureMapToJson(featureMap))) as ReturnType<typeof featureMapToJson>;
    const restored = featureMapFromJson(json);
    const joined = await encodeWith(restored, [file('score.csv', 'item,tab\n9,a\n1,b\n')]);
    expect(cells(joined, 'brand')).toEqual(['x', '-']);
    const own = await encodeWith(restored, [file('flat.csv', 'item,tab,brand,price\n9,a,y,2\n')]);
    expect(cells(own, 'brand')).toEqual(['y']);
  });

  it.each([
    [
      'a key that is there twice',
      () => ({ files: [file('twice.csv', 'item,brand\n7,x\n8,y\n7,z\n')], key: 'item' }),
      'JOIN',
      'twice.csv:4',
    ],
    [
      'a column that is there already',
      () => ({ files: [file('taken.csv', 'item,tab\n7,x\n')], key: 'item' }),
      'JOIN',
      'prefix',
    ],
    ['no match at all', () => ({ files: [file('none.csv', 'item,brand\n7.0,x\n')], key: 'item' }), 'JOIN', '"7.0"'],
    ['a key that is no column', () => ({ files: [items()], key: 'itm' }), 'COLUMN', 'Did you mean "item"?'],
    ['a column that is none', () => ({ files: [items()], key: 'item', columns: ['prize'] }), 'COLUMN', '"price"'],
  ])('refuse %s', async (_what, join, code, part) => {
    const error = await errorOf(loadData(withJoins(join())));
    expect(error.code).toBe(`MDCTR_DATA_${code}`);
    expect(error.message).toContain(part);
  });
});

describe('errors', () => {
  it.each([
    ['a pattern without files', () => load('/no/such/*.csv'), 'MDCTR_DATA_MISSING', '*.csv'],
    ['JSON Lines with a bad line', () => load(file('b.jsonl', `${jsonl}\n{"a":}\n`)), 'MDCTR_DATA_FORMAT', 'b.jsonl:5'],
    ['JSON Lines with a list', () => load(file('l.jsonl', '{"a":1}\n[1]\n')), 'MDCTR_DATA_FORMAT', 'l.jsonl:2'],
    ['a Parquet file that is none', () => load(file('x.parquet', csv)), 'MDCTR_DATA_FORMAT', 'Parquet'],
    ['a .gz file that is none', () => load(file('x.csv.gz', csv)), 'MDCTR_DATA_FORMAT', 'x.csv.gz'],
    [
      'JSON Lines of another encoding',
      () => load(file('u.jsonl', Buffer.from('{"a":"\xe9"}', 'latin1'))),
      'MDCTR_DATA_ENCODING',
      'u.jsonl:1',
    ],
    [
      'a bad label in Parquet',
      async () => load(await parquet('bad.parquet', "SELECT 'a' AS tab, 'x' AS item, 1 AS time, 2 AS click")),
      'MDCTR_DATA_LABEL',
      'bad.parquet (row 1)',
    ],
  ])('%s', async (_what, make, code, part) => {
    const error = await errorOf(make());
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});
