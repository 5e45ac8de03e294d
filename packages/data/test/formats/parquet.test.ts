import { describe, expect, it } from 'vitest';
import { cells, errorOf, file, load, parquet } from '../fixtures.js';

describe('Parquet', () => {
  it('gives typed values one text form', async () => {
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

  it.each([
    ['a Parquet file that is none', () => load(file('x.parquet', 'tab,item\na,x\n')), 'MDCTR_DATA_FORMAT', 'Parquet'],
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
