import { describe, expect, it } from 'vitest';
import { encodeWith } from '../../src/index.js';
import { errorOf, file, load, stored } from '../fixtures.js';
import { column, csv, domainsOf, head, rows } from './tabs-log.js';

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
    const scored = await encodeWith(stored(data.featureMap), [path]);
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
