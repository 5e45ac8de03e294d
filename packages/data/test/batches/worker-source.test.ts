import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

// Workers exist in the built package only, so this runs there, in a process of its own.
const script = `
import { deepStrictEqual } from 'node:assert';
import { loadData, openBatches } from '@mdctr/data';
const data = await loadData({
  source: { kind: 'synthetic', rows: 3000, domains: 5, seed: 1 }, label: 'click', domain: 'position',
  fields: [
    '*',
    { name: 'letters', expression: "array_to_string(string_split(ad, ''), '|')", list: { separator: '|', pooling: 'mean', keep: 'last' } },
    { name: 'length', expression: 'length(ad)', encoding: { kind: 'numeric', log: true, standardise: true } },
  ],
  exclude: [], minFrequency: 2, split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
});
const collect = async (prefetch) => {
  const source = openBatches(data, { prefetch });
  const batches = [];
  for await (const batch of source.batches('train', { batchSize: 256, shuffle: { seed: 3, epoch: 2 }, unknownRate: 0.2 })) batches.push(batch);
  for await (const batch of source.batches('test', { batchSize: 256 })) { batches.push(batch); break; }
  await source.close();
  return batches;
};
const [ahead, local] = [await collect(true), await collect(false)];
deepStrictEqual(ahead, local);
deepStrictEqual(ahead[0].bags.fieldStarts.length, 12);
console.log(ahead.length);
`;

it('batches assembled ahead by the worker are those assembled in place', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../../../test', import.meta.url)),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect([status, stdout.trim()]).toEqual([0, '11']);
});
