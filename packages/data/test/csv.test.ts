import { describe, expect, it } from 'vitest';
import { encodeWith } from '../src/index.js';
import { cell, errorOf, file, load } from './fixtures.js';

describe('cells', () => {
  it('are text: long ids, leading zeros, quotes, commas, line breaks and other scripts survive', async () => {
    const items = [
      '9007199254740993001',
      '9007199254740993002',
      '007',
      '7',
      'a,b',
      'say ""hi""',
      'two\nlines',
      'Žluť 京',
      ' 7',
    ];
    const rows = items.map((item, i) => `a,"${item}",${i},${i % 2}`);
    const data = await load(file('text.csv', `tab,item,time,click\r\n${rows.join('\r\n')}\r\n`));
    expect(items.map((_, i) => cell(data, i, 'item'))).toEqual(items.map((item) => item.replaceAll('""', '"')));
    expect(data.schema.fields[1]!.size).toBe(items.length + 1);
  });

  it('may be empty: no value is out of vocabulary, and a domain of its own', async () => {
    const data = await load(file('empty.csv', 'tab,item,time,click\na,,0,0\n,x,1,1\n'));
    expect([cell(data, 0, 'item'), cell(data, 1, 'tab')]).toEqual(['-', '-']);
    expect(data.schema.domains).toEqual(['(unseen)', '(missing)', 'a']);
  });

  it('come from files with a byte order mark, with tabs, and from several files of other column order', async () => {
    const first = file('a.csv', '\ufefftab,item,time,click\na,x,0,0\n');
    const second = file('b.tsv', 'click\ttime\titem\ttab\n1\t1\ty,z\tb\n');
    const data = await load([first, second]);
    expect([cell(data, 0, 'tab'), cell(data, 1, 'tab'), cell(data, 1, 'item')]).toEqual(['a', 'b', 'y,z']);
  });

  it('pass through expressions; * stands for the other columns', async () => {
    const path = file('hour.csv', 'tab,item,time,click,hourmin\na,x,0,0,1259\nb,y,1,1,0001\n');
    const hour = { name: 'hour', expression: 'CAST(hourmin AS INTEGER) // 100' };
    const data = await load(path, { fields: ['*', hour], exclude: ['hourmin'] });
    expect(data.schema.fields.map(({ name }) => name)).toEqual(['tab', 'item', 'hour']);
    expect([cell(data, 0, 'hour'), cell(data, 1, 'hour')]).toEqual(['12', '0']);
  });

  it('of the label may be 0, 1, 0.0, 1.0, true or false', async () => {
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

describe('encodeWith', () => {
  it('encodes further rows as training did, in input order, without a label', async () => {
    const data = await load(file('train.csv', 'tab,item,time,click\na,x,0,0\nb,y,1,1\na,y,2,1\n'));
    const more = await encodeWith(data.featureMap, [file('new.csv', 'item,tab\ny,b\nnew,a\nx,c\n')]);
    expect(more.labels).toBeUndefined();
    expect([0, 1, 2].map((row) => [cell(more, row, 'tab'), cell(more, row, 'item')])).toEqual([
      ['b', 'y'],
      ['a', '-'],
      ['-', 'x'],
    ]);
    expect([...more.domains].map((id) => more.schema.domains[id])).toEqual(['b', 'a', '(unseen)']);
    expect([...more.splits.test]).toEqual([0, 1, 2]);
  });
});

describe('errors', () => {
  const head = 'tab,item,time,click\n';
  it.each([
    ['no file', () => load([]), 'MDCTR_DATA_FILES', '--data'],
    ['a file that is not there', () => load('/no/such.csv'), 'MDCTR_DATA_MISSING', '/no/such.csv'],
    ['an empty file', () => load(file('e.csv', '')), 'MDCTR_DATA_EMPTY', 'header'],
    ['a header alone', () => load(file('h.csv', head)), 'MDCTR_DATA_EMPTY', 'at least one row'],
    [
      'a line with too many cells',
      () => load(file('r.csv', `${head}a,x,0,0\nb,y,1,1,9\n`)),
      'MDCTR_DATA_CSV',
      'r.csv:3',
    ],
    ['a line with too few cells', () => load(file('f.csv', `${head}a,x,0,0\nb,y,1\n`)), 'MDCTR_DATA_CSV', 'f.csv:3'],
    [
      'a ragged line far down',
      () => load(file('d.csv', `${head}${'a,x,0,0\n'.repeat(30_000)}b,y,1\nb,y,1,1\n`)),
      'MDCTR_DATA_CSV',
      'd.csv:30002',
    ],
    ['a quote that never ends', () => load(file('q.csv', `${head}a,x,0,0\nb,"y,1,1\n`)), 'MDCTR_DATA_CSV', 'q.csv:3'],
    [
      'text after a closing quote',
      () => load(file('q2.csv', `${head}a,"x\ny",0,0\nb,"y"z,1,1\n`)),
      'MDCTR_DATA_CSV',
      'q2.csv:4',
    ],
    [
      'line ends of two kinds',
      () => load(file('ends.csv', `${head}a,x,0,0\nb,y,1,1\r\n`)),
      'MDCTR_DATA_CSV',
      'ends.csv:3',
    ],
    [
      'another encoding',
      () => load(file('latin.csv', Buffer.from(`${head}a,x,0,0\nb,\xe9,1,1\n`, 'latin1'))),
      'MDCTR_DATA_ENCODING',
      'latin.csv:3',
    ],
    [
      'UTF-16',
      () => load(file('wide.csv', Buffer.from(`\ufeff${head}a,x,0,0\n`, 'utf16le'))),
      'MDCTR_DATA_ENCODING',
      'UTF-16',
    ],
    [
      'two columns of one name',
      () => load(file('twins.csv', 'tab,item,Tab,click\na,x,0,0\n')),
      'MDCTR_DATA_COLUMN',
      '"tab" and "Tab"',
    ],
    [
      'a bad label after cells of several lines and blank lines',
      () => load(file('lines.csv', `${head}a,"x\ny",0,0\n\nb,y,1,2\n`)),
      'MDCTR_DATA_LABEL',
      'lines.csv:5',
    ],
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
