import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeWith, loadData, type EncodedData } from '../../src/index.js';
import { cell, errorOf, file, load, options, stored } from '../fixtures.js';

/** Tab a has 5 rows, c and b 4 each, d 2, e 1: by rows, ties by label, they are a b c d e. The last row tests. */
const tabs = [...'aaaaaccccbbbbdde', 'z'];
const head = 'tab,item,kind,time,click\n';
const csv = (): string =>
  file('groups.csv', head + tabs.map((tab, i) => `${tab},item${i % 3},x,${i},${i % 2}`).join('\n'));
const split = { by: 'time' as const, column: 'time', validation: 0, test: 1 / 17 };
const cut = (domainGroups: number, more: object = {}) => load(csv(), { split, domainGroups, ...more });

const groupOf = (data: EncodedData): Record<string, string> =>
  Object.fromEntries(tabs.map((tab, row) => [tab, data.schema.domains[data.domains[row]!]!]));

describe('groups of domains', () => {
  it('take the domains in turn, the largest first, and are nested', async () => {
    const [two, four] = [await cut(2), await cut(4)];
    const seen = { a: 'group 1 of 2', b: 'group 2 of 2', c: 'group 1 of 2', d: 'group 2 of 2', e: 'group 1 of 2' };
    expect(groupOf(two)).toEqual({ ...seen, z: '(unseen)' });
    expect(groupOf(four)).toMatchObject({ a: 'group 1 of 4', b: 'group 2 of 4', c: 'group 3 of 4', d: 'group 4 of 4' });
    expect(groupOf(four)).toMatchObject({ e: 'group 1 of 4', z: '(unseen)' });
  });

  it('are the domain of every method; the domain’s own field stays an input, with the same values in every cut', async () => {
    const cuts = await Promise.all([1, 2, 5].map((groups) => cut(groups)));
    for (const { schema, featureMap } of cuts) {
      expect([schema.domainFields, schema.domainSources]).toEqual([['domain_group'], ['tab']]);
      expect(schema.fields.map(({ name }) => name)).toEqual(['tab', 'item', 'domain_group']);
      expect(featureMap.vocabularies[0]).toEqual(['a', 'b', 'c', 'd', 'e']);
    }
    expect(cuts[0]!.schema.domains).toEqual(['(unseen)', 'group 1 of 1']);
    expect(cell(cuts[1]!, 5, 'domain_group')).toBe('group 1 of 2');
    // A domain never seen has a field value never seen.
    expect(cell(cuts[1]!, 16, 'domain_group')).toBe('-');
    expect(cuts[1]!.splits).toEqual(cuts[2]!.splits);
  });

  it('are found again in rows to score, and in the cache', async () => {
    const data = await cut(2, { domain: ['tab', 'item'] });
    const scored = await encodeWith(stored(data.featureMap), [
      file('more.csv', 'item,tab\nitem0,a\nitem9,a\nitem1,c\n'),
    ]);
    const first = data.schema.domains[data.domains[0]!]!;
    expect(first).toMatch(/^group . of 2$/);
    expect(Array.from(scored.domains, (id) => scored.schema.domains[id])).toEqual([
      first,
      '(unseen)',
      data.schema.domains[data.domains[7]!],
    ]);
    expect([cell(scored, 0, 'domain_group'), cell(scored, 1, 'domain_group')]).toEqual([first, '-']);
    expect(scored.schema).toEqual(data.schema);

    const cache = { folder: mkdtempSync(join(tmpdir(), 'mdctr-cache-')), maxBytes: 1e9 };
    const both = [1, 2].map(() =>
      loadData(
        { ...options, split, domainGroups: 2, rareDomains: { minRows: 3, into: 'r' } },
        { files: [csv()], cache },
      ),
    );
    const [fresh, cached] = [await both[0], await both[1]];
    expect(cached).toEqual(fresh);
  });

  it('are made of what rare domains have become', async () => {
    const data = await cut(2, { rareDomains: { minRows: 3, into: 'rest' } });
    // a 5, b 4, c 4, rest 3; z is never seen, and so among the rest.
    expect(groupOf(data)).toMatchObject({ a: 'group 1 of 2', b: 'group 2 of 2', c: 'group 1 of 2', z: 'group 2 of 2' });
    const scored = await encodeWith(stored(data.featureMap), [file('rest.csv', 'item,tab\nitem0,y\n')]);
    expect([cell(scored, 0, 'tab'), cell(scored, 0, 'domain_group')]).toEqual(['rest', 'group 2 of 2']);
  });

  it('are refused in a number that there are no domains for, beside domain features, and where the name is taken', async () => {
    const many = await errorOf(cut(6));
    expect([many.code, many.details.expected]).toEqual([
      'MDCTR_DATA_DOMAIN_GROUPS',
      'at most 5, the domains among the training rows',
    ]);
    const features = await errorOf(cut(2, { fields: ['tab', 'kind'], domainFeatures: ['kind'] }));
    expect([features.code, features.details.path]).toEqual(['MDCTR_CONFIG_VALUE', 'data.domainFeatures']);
    const taken = file('taken.csv', 'tab,item,time,click,Domain_Group\na,x,1,0,q\na,x,2,1,q\n');
    expect((await errorOf(load(taken, { domainGroups: 1 }))).code).toBe('MDCTR_DATA_COLUMN');
  });
});
