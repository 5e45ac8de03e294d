import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFingerprint, loadData, openBatches } from '../../src/index.js';
import { errorOf, file, load, options } from '../fixtures.js';

const path = file(
  'users.csv',
  'tab,item,user,time,click\na,x,u9,1,0\na,y,,2,1\nb,x,u10,3,0\nb,y,u9,4,1\na,x,U9,5,1\nb,z,u10,6,0\n',
);

it('rows carry the group of a column that is no field; those without a value carry none', async () => {
  const { groups, schema, splits } = await load(path, { gaucBy: 'user' });
  expect(schema.fields.map(({ name }) => name)).toEqual(['tab', 'item']);
  expect([...groups!]).toEqual([2, -1, 1, 2, 0, 1]); // U9, u10, u9
  expect(splits.train).toHaveLength(6);
  const source = openBatches(await load(path, { gaucBy: 'tab' }));
  expect([...source.groups!]).toEqual([0, 0, 1, 1, 0, 1]);
});

it('rows that `where` leaves keep their own groups', async () => {
  const { groups } = await load(path, { gaucBy: 'user', where: "item <> 'y'" });
  expect([...groups!]).toEqual([2, 1, 0, 1]);
});

it('groups are cached, count in the fingerprint, and are absent where no column is named', async () => {
  const cache = { folder: mkdtempSync(join(tmpdir(), 'mdctr-cache-')), maxBytes: 1e9 };
  const cached = (gaucBy: string) => loadData({ ...options, gaucBy }, { files: [path], cache });
  const fresh = await cached('user');
  expect(await cached('user')).toEqual(fresh);
  const without = await load(path);
  expect(without.groups).toBeUndefined();
  const prints = [without, fresh, await cached('tab')].map(dataFingerprint);
  expect(new Set(prints).size).toBe(3);
});

it('a column that is not there is an error', async () => {
  const { code, message } = await errorOf(load(path, { gaucBy: 'usr' }));
  expect(code).toBe('MDCTR_DATA_COLUMN');
  expect(message).toContain('"usr" (data.gaucBy)');
  expect(message).toContain('"user"');
});
