import { describe, expect, it } from 'vitest';
import { cell, errorOf, file, load } from '../fixtures.js';

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
    ['a .gz file that is none', () => load(file('x.csv.gz', `${head}a,x,0,0\n`)), 'MDCTR_DATA_FORMAT', 'x.csv.gz'],
  ])('%s', async (_what, make, code, part) => {
    const error = await errorOf(make());
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});
