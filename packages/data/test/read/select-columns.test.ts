import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeWith, loadData, type DataOptions, type EncodedData } from '../../src/index.js';
import { cells, errorOf, file, options, stored } from '../fixtures.js';

type Files = Extract<DataOptions['source'], { kind: 'files' }>;

const load = (source: Partial<Files>, more: Partial<DataOptions> = {}): Promise<EncodedData> =>
  loadData({ ...options, source: { kind: 'files', files: [], joins: [], ...source }, fields: [], ...more });

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
