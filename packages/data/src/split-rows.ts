import { MdctrError } from '@mdctr/core';
import { literal, quoted, type Database } from './database.js';
import type { SplitOptions } from './options.js';
import { RAW, type Locate } from './raw-table.js';

/** Where the validation and the test rows begin, of a split by file. */
export interface FileStarts {
  readonly validation: number;
  readonly test: number;
}

/**
 * SQL over the raw columns that rows are sorted by to be split, or that tells their split at once (a split by group: a
 * number in [0, 1)). Hashes are of (seed, row) or (seed, group): the same on every machine and in every version.
 */
export function sortKey(split: SplitOptions): string {
  switch (split.by) {
    case 'time':
      return timeExpression(quoted(split.column));
    case 'seed':
      return `md5(${literal(`${split.seed}/`)} || rowid)`;
    case 'group':
      return `md5_number(${literal(`${split.seed}/`)} || coalesce(${quoted(split.column)}, ''))::DOUBLE / ${2 ** 128}`;
    case 'file':
      return 'NULL';
  }
}

/** A time as a number: a finite number as it is, a timestamp as seconds since 1970 (UTC where it names no zone), else null. */
export function timeExpression(column: string): string {
  const number = `TRY_CAST(${column} AS DOUBLE)`;
  return `CASE WHEN isfinite(${number}) THEN ${number} WHEN ${number} IS NULL THEN epoch(TRY_CAST(${column} AS TIMESTAMPTZ)) END`;
}

/**
 * SQL over the table `keyed`: 0 train, 1 validation, 2 test. By time or seed the first rows in order train, the next
 * validate, the last test; shares are rounded to whole rows. Without a split every row is in test.
 */
export function splitExpression(split: SplitOptions | undefined, fileStarts?: FileStarts): string {
  if (!split) return '2';
  if (split.by === 'file') {
    if (!fileStarts) throw noFiles();
    return `CASE WHEN row >= ${fileStarts.test} THEN 2 WHEN row >= ${fileStarts.validation} THEN 1 ELSE 0 END`;
  }
  if (split.by === 'group') {
    return `CASE WHEN sort_key < ${split.test} THEN 2 WHEN sort_key < ${split.test + split.validation} THEN 1 ELSE 0 END`;
  }
  const rank = '(row_number() OVER (ORDER BY sort_key, row) - 1)';
  const total = '(SELECT count(*) FROM keyed)';
  const test = `round(${split.test} * ${total})`;
  const validation = `round(${split.validation} * ${total})`;
  return `CASE WHEN ${rank} >= ${total} - ${test} THEN 2 WHEN ${rank} >= ${total} - ${test} - ${validation} THEN 1 ELSE 0 END`;
}

/** @throws MdctrError MDCTR_DATA_SPLIT if a row's time is neither number nor timestamp. */
export async function refuseBadTimes(database: Database, split: SplitOptions, locate: Locate): Promise<void> {
  if (split.by !== 'time') return;
  const [bad] = await database.rows('SELECT row FROM keyed WHERE sort_key IS NULL ORDER BY row LIMIT 1');
  if (!bad) return;
  const row = Number(bad[0]);
  const [value] = await database.rows(`SELECT ${quoted(split.column)} FROM ${RAW} WHERE rowid = ${row}`);
  throw new MdctrError('MDCTR_DATA_SPLIT', {
    what: `The column "${split.column}" to split by is not a time in every row.`,
    at: await locate(row),
    expected: 'a number, e.g. milliseconds, or a timestamp like 2022-04-25 13:00:00',
    found: JSON.stringify(value?.[0] ?? ''),
  });
}

function noFiles(): MdctrError {
  return new MdctrError('MDCTR_DATA_SPLIT', {
    what: 'A split by file needs a source of files.',
    path: 'data.split.by',
    hint: 'Split synthetic data by seed.',
  });
}
