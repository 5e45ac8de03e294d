import { describe, expect, it } from 'vitest';
import type { DataOptions } from '../../src/index.js';
import { load } from '../fixtures.js';
import { bySeed, withColumn } from './with-column.js';

const byGroup = { by: 'group' as const, column: 'item', seed: 1, validation: 0.2, test: 0.2 };
const byTime = { by: 'time' as const, column: 'when', validation: 0.1, test: 0.2 };

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
