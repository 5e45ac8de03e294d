import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadData } from '../../src/index.js';
import { file, load, options } from '../fixtures.js';
import { bySeed, click, withColumn } from './with-column.js';

describe('rows that are in two splits', () => {
  const log = (copies: number): string => {
    const rows = Array.from({ length: 300 }, (_, i) => `a,${i},${i},${click(i)}`);
    // The last rows repeat the first ones, time included, which a split by another column parts.
    const lines = [...rows, ...rows.slice(0, copies)].map((row, i) => `${row},${i}`);
    return file(`copies-${copies}.csv`, `tab,item,time,click,order\n${lines.join('\n')}\n`);
  };
  const source = { kind: 'files' as const, files: [], joins: [], columns: ['tab', 'item', 'time', 'click'] };
  const twice = (copies: number, columns: string[] = []) =>
    loadData(
      {
        ...options,
        source: { ...source, columns: [...source.columns, ...columns] },
        split: { by: 'seed', seed: 1, validation: 0.2, test: 0.2 },
      },
      { files: [log(copies)] },
    );

  it('are warned about with their share, in validation and in test', async () => {
    const { warnings, splits } = await twice(100);
    const share = (rows: Int32Array): number => {
      const train = new Set([...splits.train].map((row) => row % 300));
      return [...rows].filter((row) => train.has(row % 300)).length / rows.length;
    };
    expect(warnings).toEqual(
      (['validation', 'test'] as const).map(
        (name) =>
          `${(100 * share(splits[name])).toFixed(0)}% of the ${name} rows are training rows as well, the same in every column: a model may know them by heart. Are rows logged twice, or copied from file to file?`,
      ),
    );
  });

  it('are not where they are few, or differ in a column that is no field', async () => {
    expect((await twice(5)).warnings).toEqual([]);
    expect((await twice(100, ['order'])).warnings).toEqual([]);
  });

  it('are not where columns have so few values that rows must meet', async () => {
    const path = withColumn('few.csv', 'city', (i) => i % 3);
    const data = await load(path, { fields: [], exclude: [], split: bySeed });
    expect(data.warnings).toEqual([]);
    const columns = ['tab', 'city', 'click'];
    const few = await loadData(
      { ...options, fields: [], source: { ...source, columns }, split: bySeed },
      { files: [path] },
    );
    expect(few.warnings).toEqual([]);
  });

  it('are found whatever the name of their file; the warning is kept with the cached data', async () => {
    const rows = (begin: number): string =>
      `tab,item,time,click\n${Array.from({ length: 60 }, (_, i) => `a,${begin + i},${begin + i},${click(begin + i)}`).join('\n')}\n`;
    const [train, test] = [file('part-1.csv', rows(0)), file('part-2.csv', rows(30))];
    const cache = { folder: mkdtempSync(join(tmpdir(), 'mdctr-cache-')), maxBytes: 1e9 };
    const data = { ...options, source: { ...source, fileColumn: 'file', columns: ['*'] } };
    const split = { by: 'file' as const, validation: [], test: [test] };
    for (let i = 0; i < 2; i++) {
      const { warnings, cachedAt } = await loadData({ ...data, split }, { files: [train], cache });
      expect([warnings, cachedAt !== undefined]).toEqual([[expect.stringMatching(/^50% of the test rows/)], true]);
    }
  });
});
