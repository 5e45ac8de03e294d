import { describe, expect, it } from 'vitest';
import { encodeWith, openBatches } from '../../src/index.js';
import { file, load, stored } from '../fixtures.js';
import { column, csv, domainsOf } from './tabs-log.js';

describe('rare domains', () => {
  const rareDomains = { minRows: 3, into: '(rare)' };

  it('are merged by their training rows, and look alike to the model', async () => {
    const data = await load(csv(), { rareDomains });
    expect(data.schema.domains).toEqual(['(unseen)', 'a', '(rare)', 'b']);
    expect(domainsOf(data)).toBe('a a a a a a b b b (rare) (rare) (rare)');
    expect(column(data, 'tab')).toBe('a a a a a a b b b (rare) (rare) (rare)');
    // One group a batch, with one embedding.
    for await (const batch of openBatches(data).batches('train', { batchSize: 100 })) {
      expect([...batch.domainIds]).toEqual([1, 2, 3]);
    }
  });

  it('take domains never seen with them, also in rows to score', async () => {
    const data = await load(csv(), { rareDomains, split: { by: 'time', column: 'time', validation: 0, test: 1 / 12 } });
    expect(data.schema.domains).toEqual(['(unseen)', 'a', 'b', '(rare)']);
    expect(domainsOf(data)).toMatch(/\(rare\) \(rare\) \(rare\)$/);
    const more = await encodeWith(stored(data.featureMap), [
      file('new.csv', 'tab,item\na,item0\nc,item1\nz,item2\n,x\n'),
    ]);
    expect([domainsOf(more), column(more, 'tab')]).toEqual(['a (rare) (rare) (rare)', 'a (rare) (rare) (rare)']);
  });

  it('leave domains never seen alone where none is rare', async () => {
    const data = await load(csv(), { rareDomains: { minRows: 1, into: '(rare)' } });
    expect(data.schema.domains).toEqual(['(unseen)', 'a', 'b', 'c', 'd']);
    expect(domainsOf(await encodeWith(stored(data.featureMap), [file('z.csv', 'tab,item\nz,x\n')]))).toBe('(unseen)');
  });

  it('may be made of several fields', async () => {
    const data = await load(csv(), { domain: ['tab', 'item'], rareDomains: { minRows: 2, into: "the others' own" } });
    expect(data.schema.domains).toEqual(['(unseen)', "the others' own", 'a x item0', 'a x item1', 'a x item2']);
    expect(column(data, 'item')).toMatch(/^item0 item1 item2 item0 item1 item2 the others/);
  });
});
