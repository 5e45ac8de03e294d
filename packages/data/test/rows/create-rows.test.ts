import { describe, expect, it } from 'vitest';
import { cell, errorOf, file, load } from '../fixtures.js';

describe('fields and labels', () => {
  it('may be computed by expressions; * stands for the other columns', async () => {
    const path = file('hour.csv', 'tab,item,time,click,hourmin\na,x,0,0,1259\nb,y,1,1,0001\n');
    const hour = { name: 'hour', expression: 'CAST(hourmin AS INTEGER) // 100' };
    const data = await load(path, { fields: ['*', hour], exclude: ['hourmin'] });
    expect(data.schema.fields.map(({ name }) => name)).toEqual(['tab', 'item', 'hour']);
    expect([cell(data, 0, 'hour'), cell(data, 1, 'hour')]).toEqual(['12', '0']);
  });

  it('of labels may be 0, 1, 0.0, 1.0, true or false', async () => {
    const labels = ['0', '1', '0.0', '1.0', 'TRUE', 'false'];
    const text = labels.map((label, i) => `a,x,${i},${label}`).join('\n');
    const data = await load(file('labels.csv', `tab,item,time,click\n${text}\n`));
    expect([...data.labels!]).toEqual([0, 1, 0, 1, 1, 0]);
  });
});

describe('where', () => {
  it('leaves rows out before anything is learned from them', async () => {
    const path = file('where.csv', 'tab,item,time,click\na,x,0,0\nb,gone,1,7\na,y,2,1\nb,z,3,2\n');
    const data = await load(path, { where: "tab = 'a'" });
    expect([data.rows, cell(data, 1, 'item'), [...data.labels!]]).toEqual([2, 'y', [0, 1]]);
    expect(data.schema.domains).toEqual(['(unseen)', 'a']);
    const error = await errorOf(load(path, { where: "item <> 'gone'" }));
    expect(error.message).toContain('where.csv:5');
    expect((await errorOf(load(path, { where: 'nothing = 1' }))).code).toBe('MDCTR_DATA_EXPRESSION');
  });
});

describe('domains', () => {
  it('may be made of several fields', async () => {
    const data = await load(file('two.csv', 'tab,item,time,click\na,x,0,0\na,y,1,1\nb,x,2,1\n'), {
      domain: ['tab', 'item'],
    });
    expect(data.schema.domains).toEqual(['(unseen)', 'a x x', 'a x y', 'b x x']);
  });

  it('of several fields stay apart whatever their values hold', async () => {
    const data = await load(file('join.csv', 'tab,item,time,click\na x b,c,0,0\na,b x c,1,1\na,b \\x c,2,1\n'), {
      domain: ['tab', 'item'],
    });
    expect(new Set(data.domains).size).toBe(3);
    expect(data.schema.domains).toContain('a x b \\x c');
  });
});

describe('errors', () => {
  const head = 'tab,item,time,click\n';
  it.each([
    [
      'a column that is not there',
      () => load(file('c.csv', `${head}a,x,0,0\n`), { fields: ['tab', 'itm'] }),
      'MDCTR_DATA_COLUMN',
      'Did you mean "item"?',
    ],
    [
      'a label that is not there',
      () => load(file('c.csv', `${head}a,x,0,0\n`), { label: 'clik' }),
      'MDCTR_DATA_COLUMN',
      'Did you mean "click"?',
    ],
    [
      'a domain that is no field',
      () => load(file('c.csv', `${head}a,x,0,0\n`), { domain: 'tabb' }),
      'MDCTR_DATA_DOMAIN',
      'Did you mean "tab"?',
    ],
    [
      'a label that is no outcome',
      () => load(file('l.csv', `${head}a,x,0,0\nb,y,1,2\n`)),
      'MDCTR_DATA_LABEL',
      'l.csv:3',
    ],
    ['an empty label', () => load(file('m.csv', `${head}a,x,0,\n`)), 'MDCTR_DATA_LABEL', 'm.csv:2'],
    [
      'a time that is no number',
      () => load(file('t.csv', `${head}a,x,0,0\nb,y,noon,1\n`)),
      'MDCTR_DATA_SPLIT',
      't.csv:3',
    ],
    [
      'an expression that fails',
      () =>
        load(file('x.csv', `${head}a,x,0,0\n`), {
          fields: ['tab', { name: 'n', expression: 'CAST(item AS INTEGER)' }],
        }),
      'MDCTR_DATA_EXPRESSION',
      'CAST',
    ],
    ['one class', () => load(file('o.csv', `${head}a,x,0,0\nb,y,1,0\n`)), 'MDCTR_DATA_ONE_CLASS', 'label 0'],
    [
      'no training rows',
      () =>
        load(file('s.csv', `${head}a,x,0,0\n`), { split: { by: 'time', column: 'time', validation: 0.9, test: 0 } }),
      'MDCTR_DATA_TRAIN_EMPTY',
      'split',
    ],
  ])('%s', async (_what, make, code, part) => {
    const error = await errorOf(make());
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});
