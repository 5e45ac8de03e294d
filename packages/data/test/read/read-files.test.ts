import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeWith, loadData } from '../../src/index.js';
import { cells, errorOf, file, load, options } from '../fixtures.js';
import { csv, jsonl } from '../sample-log.js';

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

  it('of a pattern that matches none are refused', async () => {
    const error = await errorOf(load('/no/such/*.csv'));
    expect([error.code, error.message.includes('*.csv')]).toEqual(['MDCTR_DATA_MISSING', true]);
  });
});
