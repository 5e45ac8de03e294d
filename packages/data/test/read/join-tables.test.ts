import { describe, expect, it } from 'vitest';
import { encodeWith, loadData } from '../../src/index.js';
import { cells, errorOf, file, options, stored } from '../fixtures.js';

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
    const restored = stored(featureMap);
    const joined = await encodeWith(restored, [file('score.csv', 'item,tab\n9,a\n1,b\n')]);
    expect(cells(joined, 'brand')).toEqual(['x', '-']);
    const flat = await encodeWith(restored, [file('flat.csv', 'item,tab,brand,price\n9,a,y,2\n')]);
    expect(cells(flat, 'brand')).toEqual(['y']);
  });

  it('are whole for rows to score too: a column that the side table has lost is missing', async () => {
    const { featureMap } = await loadData(withJoins({ files: [items()], key: 'item', columns: ['brand'] }));
    file('items.csv', 'item,price\n9,1\n');
    const error = await errorOf(encodeWith(stored(featureMap), [file('lost.csv', 'item,tab\n9,a\n')]));
    expect([error.code, error.message.includes('"brand"')]).toEqual(['MDCTR_DATA_COLUMN', true]);
    expect(error.message).toContain('items.csv');
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
