import { copyFileSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadData, type DataOptions } from '../src/index.js';
import { errorOf, file, load, options } from './fixtures.js';

const click = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 31;
const bySeed = { by: 'seed' as const, seed: 1, validation: 0.1, test: 0.2 };
const byGroup = { by: 'group' as const, column: 'item', seed: 1, validation: 0.2, test: 0.2 };
const byTime = { by: 'time' as const, column: 'when', validation: 0.1, test: 0.2 };

/** 400 rows with a column of its own kind. */
const withColumn = (name: string, column: string, value: (i: number) => unknown): string =>
  file(
    name,
    `tab,item,${column},click\n${Array.from({ length: 400 }, (_, i) => `${'ab'[i % 2]},${i},${String(value(i))},${click(i)}`).join('\n')}\n`,
  );
const warningsOf = async (path: string, more: Partial<DataOptions>): Promise<readonly string[]> =>
  (await load(path, more)).warnings!;

describe('a random split of rows that have a time', () => {
  const day = (i: number): string => `2022-04-${String(1 + (i % 28)).padStart(2, '0')}`;
  it.each([
    ['timestamps', 'when', (i: number) => `${day(i)} 12:${10 + (i % 50)}:00`],
    ['dates', 'when', day],
    ['dates without hyphens', 'log_date', (i: number) => day(i).replaceAll('-', '')],
    ['seconds since 1970', 'timestamp', (i: number) => 1_650_000_000 + 977 * i],
    ['milliseconds since 1970', 'ms', (i: number) => 1_650_000_000_000 + 977_001 * i],
  ])('is warned about: %s', async (_what, column, value) => {
    const path = withColumn(`${column}.csv`, column, value);
    // Whether the column is excluded, or not named at all.
    const excluded = { fields: [], exclude: [column] };
    for (const more of [{ split: bySeed }, { split: byGroup, ...excluded }]) {
      expect(await warningsOf(path, more)).toEqual([
        expect.stringMatching(
          `^Rows are split at random, though the column "${column}" looks like a time \\(.*\\): a random split lets the model see the future\\. Split by time instead: data\\.split \\{"by": "time", "column": "${column}"\\}\\.$`,
        ),
      ]);
    }
  });

  it.each([
    ['ids that are large numbers', 'user', (i: number) => 1_000_000_000 + 2_000_003 * ((i * 7919) % 400)],
    ['one date', 'when', () => '2022-04-25'],
    ['whole numbers', 'views', (i: number) => i * i],
    ['text', 'city', (i: number) => `city ${i % 5}`],
  ])('is not warned about without one: %s', async (_what, column, value) => {
    expect(await warningsOf(withColumn(`no-${column}.csv`, column, value), { split: bySeed })).toEqual([]);
  });

  it('is named by the column of the most moments, and does not concern a split by time', async () => {
    const path = withColumn('two.csv', 'day,when', (i) => `${day(i)},${day(i)} 12:${10 + (i % 50)}:00`);
    const [warning, ...others] = await warningsOf(path, { split: bySeed });
    expect([warning!.includes('column "when"'), others]).toEqual([true, []]);
    expect(await warningsOf(path, { split: byTime })).toEqual([]);
  });
});

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

describe('a file in two splits', () => {
  const csv = (name: string, text = ''): string =>
    file(name, `tab,item,time,click\na,x${text},1,0\na,x,2,1\nb,y,3,0\nb,y,4,1\n`);
  const split = (train: string, validation: string[], test: string[]) =>
    errorOf(load(train, { split: { by: 'file', validation, test } }));

  it('is refused under another name, by a link and as a copy', async () => {
    const train = csv('own.csv');
    const folder = mkdtempSync(join(tmpdir(), 'mdctr-link-'));
    const [link, copy] = [join(folder, 'link.csv'), join(folder, 'copy.csv')];
    symlinkSync(train, link);
    copyFileSync(train, copy);
    for (const [other, says] of [
      [join(train, '..', '.', 'own.csv'), 'is in two splits'],
      [link, 'the same file'],
      [copy, 'of the same content'],
    ] as const) {
      const error = await split(train, [], [other]);
      expect([error.code, error.message.includes(says)]).toEqual(['MDCTR_DATA_SPLIT', true]);
    }
    const between = await split(csv('third.csv', '!'), [link], [copy]);
    expect([between.code, between.details.found]).toEqual(['MDCTR_DATA_SPLIT', 'validation and test']);
  });

  it('is none where files are merely of one size, or a split has one twice', async () => {
    const [train, other] = [csv('size-1.csv', '1'), csv('size-2.csv', '2')];
    const twice = await load([train, train], {
      split: { by: 'file', validation: [], test: [other] },
      allowLeak: ['tab', 'item'],
    });
    expect([twice.splits.train.length, twice.splits.test.length]).toEqual([8, 4]);
  });
});
