import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFingerprint, loadData, openBatches } from '../../src/index.js';
import { errorOf, file, load, options } from '../fixtures.js';

const weights = ['1', '3', '0', '4', 'x', ''];
const rowsOf = (cells: string[]): string => cells.map((weight, i) => `t,i${i},${i},${weight},${i % 2}\n`).join('');
const path = file('weights.csv', `tab,item,time,importance,click\n${rowsOf(weights)}`);
const split = { by: 'time' as const, column: 'time', validation: 0, test: 2 / 6 };
const weighted = { fields: ['tab', '*'], weight: 'importance', split };

describe('data.weight', () => {
  it('is 1 on average over the training rows, is no field, and counts for batches', async () => {
    const data = await load(path, weighted);
    expect([...data.weights!]).toEqual([0.5, 1.5, 0, 2, 0, 0]);
    expect(data.schema.fields.map(({ name }) => name)).toEqual(['tab', 'item']);
    for await (const batch of openBatches(data).batches('train', { batchSize: 3 })) {
      expect([...batch.weights!]).toEqual(Array.from(batch.order, (row) => data.weights![row]));
    }
    expect(dataFingerprint(data)).not.toBe(dataFingerprint({ ...data, weights: data.weights!.map(() => 1) }));
  });

  it('is kept in the cache', async () => {
    const cache = { folder: mkdtempSync(join(tmpdir(), 'mdctr-weights-')), maxBytes: 1 << 24 };
    const open = () => loadData({ ...options, ...weighted }, { files: [path], cache });
    const [fresh, kept] = [await open(), await open()];
    expect(kept.weights).toEqual(fresh.weights);
  });

  it.each([
    [['1', '-1', '1', '1', '1', '1'], 'weights.csv', '"-1"'],
    [['1', '', '1', '1', '1', '1'], 'weights.csv', '""'],
    [['1', 'inf', '1', '1', '1', '1'], 'weights.csv', '"inf"'],
  ])('is refused where a training row has none: %j', async (cells, _name, found) => {
    const bad = file('bad-weights.csv', `tab,item,time,importance,click\n${rowsOf(cells)}`);
    const error = await errorOf(load(bad, weighted));
    expect(error.code).toBe('MDCTR_DATA_WEIGHT');
    expect(error.message).toContain(found);
    expect(error.message).toContain('bad-weights.csv:3');
  });

  it('is refused where all are 0, or there is no such column', async () => {
    const none = file('no-weights.csv', `tab,item,time,importance,click\n${rowsOf(weights.map(() => '0'))}`);
    expect((await errorOf(load(none, weighted))).code).toBe('MDCTR_DATA_WEIGHT');
    expect((await errorOf(load(path, { ...weighted, weight: 'wieght' }))).code).toBe('MDCTR_DATA_COLUMN');
  });
});
