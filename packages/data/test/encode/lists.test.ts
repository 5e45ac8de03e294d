import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  dataFingerprint,
  encodeWith,
  featureMapFromJson,
  featureMapToJson,
  loadData,
  openBatches,
  type EncodedData,
} from '../../src/index.js';
import { errorOf, file, load, options } from '../fixtures.js';
import { withDatabase } from '../../src/database/database.js';

// The last row is for test.
const cells = ['a;b;c', '', ';b;;a;b;', 'c', 'a;b;c', ' a;it’s', ';', 'a;new;new;new'];
const path = file(
  'lists.csv',
  `tab,tags,time,click\n${cells.map((cell, i) => `t${i % 2},${cell},${i},${i % 2}`).join('\n')}\n`,
);
const split = { by: 'time' as const, column: 'time', validation: 0, test: 0.125 };
const list = { separator: ';', pooling: 'mean' as const, keep: 'last' as const };
const withTags = (field: object = {}, more = {}): Promise<EncodedData> =>
  load(path, { fields: ['tab', { name: 'tags', list, ...field } as never], split, ...more });

/** Elements of each row’s list, by its vocabulary (`-` for id 0), and its weight, by way of the batches. */
async function listsOf(data: EncodedData, batchSize = 3): Promise<Map<number, { parts: string[]; weight: number }>> {
  const found = new Map<number, { parts: string[]; weight: number }>();
  const [, { offset }] = data.schema.fields as [unknown, { offset: number }];
  const vocabulary = data.featureMap.vocabularies[1]!;
  for (const of of ['train', 'test'] as const) {
    for await (const batch of openBatches(data).batches(of, { batchSize })) {
      const { elements, weights, starts } = batch.bags!;
      expect(new Set(batch.uniqueIds).size).toBe(batch.uniqueIds.length);
      batch.order.forEach((row, i) => {
        const bag = batch.inverse[2 * i + 1]! - batch.uniqueIds.length;
        const range = [starts[bag]!, starts[bag + 1]!] as const;
        const ids = Array.from(elements.slice(...range), (element) => batch.uniqueIds[element]! - offset);
        found.set(row, {
          parts: ids.map((id) => (id === 0 ? '-' : (vocabulary[id - 1] ?? `#${id}`))),
          weight: weights[starts[bag]!]!,
        });
      });
    }
  }
  return found;
}
const partsOf = async (data: EncodedData): Promise<string[]> => {
  const found = await listsOf(data);
  return cells.map((_, row) => found.get(row)!.parts.join(' '));
};

describe('lists', () => {
  it('keep order and repetitions; empty parts are none; what the vocabulary lacks is -', async () => {
    const data = await withTags();
    expect(data.featureMap.vocabularies[1]).toEqual(['b', 'a', 'c', ' a', 'it’s']);
    expect(data.schema.fields[1]).toEqual({ name: 'tags', size: 6, offset: 3, pooling: 'mean' });
    expect(await partsOf(data)).toEqual(['a b c', '', 'b a b', 'c', 'a b c', ' a it’s', '', 'a - - -']);
    expect((await listsOf(data)).get(2)!.weight).toBe(Math.fround(1 / 3));
  });

  it.each([
    ['last', ['b c', '', 'a b', 'c', 'b c', ' a it’s', '', '- -'], ['b', 'c', ' a', 'a', 'it’s']],
    ['first', ['a b', '', 'b a', 'c', 'a b', ' a it’s', '', 'a -'], ['a', 'b', ' a', 'c', 'it’s']],
  ] as const)('are cut to a length, the %s kept, before anything is learned', async (keep, wanted, vocabulary) => {
    const data = await withTags({ list: { ...list, keep, maxLength: 2 } });
    expect(await partsOf(data)).toEqual(wanted);
    expect(data.featureMap.vocabularies[1]).toEqual(vocabulary);
  });

  it('leave rare parts out of the vocabulary, by how often they come in the training rows', async () => {
    const data = await withTags({ minFrequency: 3 });
    expect(data.featureMap.vocabularies[1]).toEqual(['b', 'a', 'c']);
    expect((await withTags({ minFrequency: 4 })).featureMap.vocabularies[1]).toEqual(['b']);
  });

  it.each(['sum', 'attention'] as const)('have a weight of 1 for %s', async (pooling) => {
    const data = await withTags({ list: { ...list, pooling } });
    expect(data.schema.fields[1]!.pooling).toBe(pooling);
    expect((await listsOf(data)).get(0)!.weight).toBe(1);
  });

  it('may be hashed', async () => {
    const data = await withTags({ encoding: { kind: 'hash', buckets: 1000, seed: 1 } });
    const hashed = (text: string): string =>
      `#${1 + Number(createHash('md5').update(`1/${text}`).digest().readBigUInt64LE(0) % 1000n)}`;
    expect((await listsOf(data)).get(7)!.parts).toEqual(['a', 'new', 'new', 'new'].map(hashed));
    expect(data.schema.fields[1]!.size).toBe(1001);
  });

  it('come from expressions, and through the artifact', async () => {
    const expression = `tags || ';' || tab`;
    const data = await withTags({ expression });
    const map = featureMapFromJson(
      JSON.parse(JSON.stringify(featureMapToJson(data.featureMap))) as ReturnType<typeof featureMapToJson>,
    );
    expect(map).toEqual(data.featureMap);
    const again = await encodeWith(map, [path]);
    expect(await partsOf(again)).toEqual(await partsOf(data));
    expect((await partsOf(data))[0]).toBe('a b c t0');
  });

  it('are the same from Parquet and JSON Lines', async () => {
    const parquet = join(mkdtempSync(join(tmpdir(), 'mdctr-lists-')), 'lists.parquet');
    await withDatabase((database) =>
      database.run(
        `COPY (SELECT tab, string_split(tags, ';') AS tags, time, click FROM read_csv('${path}', all_varchar=true)) TO '${parquet}'`,
      ),
    );
    const jsonl = file(
      'lists.jsonl',
      cells
        .map((cell, i) =>
          JSON.stringify({ tab: `t${i % 2}`, tags: cell === '' ? [] : cell.split(';'), time: i, click: i % 2 }),
        )
        .join('\n'),
    );
    const fields = ['tab', { name: 'tags', list: { ...list, separator: '|' } }];
    const wanted = await partsOf(await withTags());
    for (const other of [parquet, jsonl]) expect(await partsOf(await load(other, { fields, split }))).toEqual(wanted);
  });

  it('are told apart by the fingerprint, and come back from the cache', async () => {
    const cache = { folder: mkdtempSync(join(tmpdir(), 'mdctr-cache-')), maxBytes: 1e9 };
    const fields = [
      'tab',
      { name: 'tags', list },
      { name: 'time', encoding: { kind: 'numeric' as const, log: true, standardise: true } },
    ];
    const config = { ...options, split, fields };
    const fresh = await loadData(config, { files: [path], cache });
    const cached = await loadData(config, { files: [path], cache });
    expect(cached).toEqual(fresh);
    expect(cached.bags![1]!.elements.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(dataFingerprint(cached)).toBe(dataFingerprint(fresh));
    const other = {
      ...fresh,
      bags: fresh.bags!.map((table) => table && { ...table, elements: table.elements.map((id) => id && 1) }),
    };
    expect(dataFingerprint(other)).not.toBe(dataFingerprint(fresh));
  });

  it('are of categories, and no domain', async () => {
    const wrong = await errorOf(withTags({ encoding: { kind: 'numeric', log: false, standardise: true } }));
    expect([wrong.code, wrong.details.path]).toEqual(['MDCTR_CONFIG_VALUE', 'data.fields[1].list']);
    expect((await errorOf(withTags({}, { domain: 'tags' }))).code).toBe('MDCTR_DATA_DOMAIN');
    expect((await errorOf(withTags({}, { domainFeatures: ['tags'] }))).code).toBe('MDCTR_DATA_DOMAIN');
  });
});
