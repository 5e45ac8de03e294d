import { describe, expect, it } from 'vitest';
import { encodeWith, featureMapFromJson, featureMapToJson, openBatches, type EncodedData } from '../src/index.js';
import { cell, errorOf, file, load } from './fixtures.js';

const head = 'tab,item,kind,time,click\n';
/** Tab a has 6 rows, b 3, c 2, d 1. */
const tabs = [...'aaaaaabbbccd'];
const kinds: Record<string, string> = { a: 'top', b: 'side', c: 'top', d: 'side' };
const rows = tabs.map((tab, i) => `${tab},item${i % 3},${kinds[tab]},${i},${i % 2}`);
const csv = (): string => file('tabs.csv', head + rows.join('\n'));
const column = (data: EncodedData, field: string): string =>
  Array.from({ length: data.rows }, (_, row) => cell(data, row, field)).join(' ');
const domainsOf = (data: EncodedData): string => [...data.domains].map((id) => data.schema.domains[id]).join(' ');
const throughJson = ({ featureMap }: EncodedData) =>
  featureMapFromJson(JSON.parse(JSON.stringify(featureMapToJson(featureMap))) as ReturnType<typeof featureMapToJson>);

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
    const more = await encodeWith(throughJson(data), [file('new.csv', 'tab,item\na,item0\nc,item1\nz,item2\n,x\n')]);
    expect([domainsOf(more), column(more, 'tab')]).toEqual(['a (rare) (rare) (rare)', 'a (rare) (rare) (rare)']);
  });

  it('leave domains never seen alone where none is rare', async () => {
    const data = await load(csv(), { rareDomains: { minRows: 1, into: '(rare)' } });
    expect(data.schema.domains).toEqual(['(unseen)', 'a', 'b', 'c', 'd']);
    expect(domainsOf(await encodeWith(throughJson(data), [file('z.csv', 'tab,item\nz,x\n')]))).toBe('(unseen)');
  });

  it('may be made of several fields', async () => {
    const data = await load(csv(), { domain: ['tab', 'item'], rareDomains: { minRows: 2, into: "the others' own" } });
    expect(data.schema.domains).toEqual(['(unseen)', "the others' own", 'a x item0', 'a x item1', 'a x item2']);
    expect(column(data, 'item')).toMatch(/^item0 item1 item2 item0 item1 item2 the others/);
  });
});

describe('domain features', () => {
  const more = { domainFeatures: ['kind'], fields: ['tab', 'item', 'kind'] };

  it('count to the domain for methods, not to its label', async () => {
    const { schema } = await load(csv(), more);
    expect([schema.domainFields, schema.domains]).toEqual([
      ['tab', 'kind'],
      ['(unseen)', 'a', 'b', 'c', 'd'],
    ]);
  });

  it('are those of the training rows wherever the domain is known', async () => {
    const data = await load(csv(), more);
    const path = file('kinds.csv', 'tab,item,kind\na,item0,side\nb,item0,\nz,item0,top\n');
    const scored = await encodeWith(throughJson(data), [path]);
    expect([column(scored, 'kind'), domainsOf(scored)]).toEqual(['top side top', 'a b (unseen)']);
  });

  it('of merged domains are merged with them', async () => {
    const data = await load(csv(), { ...more, rareDomains: { minRows: 3, into: '(rare)' } });
    expect(column(data, 'kind')).toBe('top top top top top top side side side (rare) (rare) (rare)');
  });

  it.each([
    ['side', '"side" and "top"'],
    ['', '"top" and no value'],
  ])('that vary inside a domain are refused (%j)', async (kind, found) => {
    const path = file('varies.csv', `${head}${rows.join('\n')}\nc,item0,${kind},99,1\n`);
    const error = await errorOf(load(path, more));
    expect(error.code).toBe('MDCTR_DATA_DOMAIN_FEATURE');
    expect(error.message).toContain('domain "c"');
    expect(error.message).toContain(found);
  });

  it('must be fields', async () => {
    expect((await errorOf(load(csv(), { domainFeatures: ['kind'] }))).code).toBe('MDCTR_DATA_DOMAIN');
  });
});
