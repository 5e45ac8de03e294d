import { describe, expect, it } from 'vitest';
import { encodeWith } from '../src/index.js';
import { cell, file, load } from './fixtures.js';

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
