import { mkdtempSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadData, type DataOptions, type EncodedData } from '../../src/index.js';
import { file, options } from '../fixtures.js';

const csv = (name: string, seed = 0): string =>
  file(
    name,
    `tab,item,time,click\n${Array.from({ length: 200 }, (_, i) => `t${i % 3},item${(i * 7 + seed) % 11},${i},${(i >> 2) % 2}`).join('\n')}\n`,
  );
const split = { by: 'time' as const, column: 'time', validation: 0.1, test: 0.2 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdctr-cache-'));
});
const load = (path: string, more: Partial<DataOptions> = {}, maxBytes = 1e9): Promise<EncodedData> =>
  loadData({ ...options, split, ...more }, { files: [path], cache: { folder, maxBytes } });
const entries = (): string[] => readdirSync(folder).sort();

describe('cached data', () => {
  it('are those encoded afresh, in shared memory', async () => {
    const path = csv('log.csv');
    const side = file('side.csv', 'tab,kind\nt0,a\nt1,b\n');
    const source = { kind: 'files' as const, files: [], joins: [{ files: [side], key: 'tab', prefix: '' }] };
    const more = { source, fields: [], rareDomains: { minRows: 47, into: 'rest' }, domainFeatures: ['kind'] };
    const fresh = await load(path, more);
    expect(entries()).toHaveLength(1);
    const before = readFileSync(join(folder, entries()[0]!));
    const cached = await load(path, more);
    expect(cached).toEqual(fresh);
    expect(cached.ids.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(readFileSync(join(folder, entries()[0]!))).toEqual(before);
    // The side table is content too.
    file('side.csv', 'tab,kind\nt0,a\nt1,c\n');
    expect((await load(path, more)).featureMap.vocabularies).not.toEqual(fresh.featureMap.vocabularies);
  });

  it('are used instead of the file: what is cached is what is given', async () => {
    const path = csv('used.csv');
    await load(path);
    const [name] = entries();
    const other = await load(csv('other.csv', 3));
    const [otherName] = entries().filter((entry) => entry !== name);
    writeFileSync(join(folder, name!), readFileSync(join(folder, otherName!)));
    expect((await load(path)).ids).toEqual(other.ids);
  });

  it('are not those of another config, another content or another time', async () => {
    const path = csv('log.csv');
    await load(path);
    await load(path, { minFrequency: 2 });
    expect(entries()).toHaveLength(2);
    csv('log.csv', 5);
    expect((await load(path)).ids).toEqual((await loadData({ ...options, split }, { files: [path] })).ids);
    expect(entries()).toHaveLength(3);
    utimesSync(path, 1, 1);
    await load(path);
    expect(entries()).toHaveLength(4);
  });

  it.each([
    [
      'a changed byte',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 100]! ^= 1;
        writeFileSync(path, bytes);
      },
    ],
    ['a cut', (path: string) => truncateSync(path, 700)],
    ['an empty file', (path: string) => truncateSync(path, 0)],
    ['a broken header', (path: string) => writeFileSync(path, 'mdctrED1\x05\0\0\0[[[[[[[[')],
    [
      'an endless header',
      (path: string) => writeFileSync(path, Buffer.concat([Buffer.from('mdctrED1'), Buffer.alloc(4, 255)])),
    ],
  ])('are encoded again after %s, and repaired', async (_what, damage) => {
    const path = csv('log.csv');
    const fresh = await load(path);
    const entry = join(folder, entries()[0]!);
    const good = readFileSync(entry);
    damage(entry);
    expect(await load(path)).toEqual(fresh);
    expect(readFileSync(entry)).toEqual(good);
  });

  it('give way to newer ones, the longest unused first; what is too large is not kept', async () => {
    const paths = ['a.csv', 'b.csv', 'c.csv'].map((name, i) => csv(name, i));
    await load(paths[0]!);
    const size = readFileSync(join(folder, entries()[0]!)).length;
    const [first] = entries();
    await load(paths[1]!, {}, 2.5 * size);
    const [second] = entries().filter((name) => name !== first);
    utimesSync(join(folder, first!), 1, 1);
    utimesSync(join(folder, second!), 2, 2);
    await load(paths[0]!, {}, 2.5 * size); // used again
    await load(paths[2]!, {}, 2.5 * size);
    expect(entries()).toHaveLength(2);
    expect(entries()).toContain(first);
    await load(paths[1]!, {}, size - 1);
    expect(entries()).not.toContain(second);
  });

  it('are never in the way: without a place to write them, data are encoded as ever', async () => {
    const data = await loadData(
      { ...options, split },
      { files: [csv('log.csv')], cache: { folder: '/dev/null/x', maxBytes: 1e9 } },
    );
    expect(data.rows).toBe(200);
  });
});
