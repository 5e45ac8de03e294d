import { MdctrError } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { literal, quoted } from '../database/sql.js';
import { INPUT_ROWS, ROWS_TO_SPLIT } from '../database/tables.js';
import { foldsOf, type SplitOptions } from '../options/split-options.js';
import type { FileStarts } from '../read/read-input.js';

/** The split of rows that are in none: neither trained on nor scored. */
export const NO_SPLIT = 3;

/**
 * SQL over the raw columns that rows are sorted by to be split, or that tells their split at once (a split by group: a
 * number in [0, 1)). `row` is the row's number in the input. Hashes are of (seed, row) or (seed, group): the same on
 * every machine and in every version.
 */
export function sortKey(split: SplitOptions, row: string): string {
  switch (split.by) {
    case 'time':
      return timeExpression(quoted(split.column));
    case 'seed':
      return `md5(${literal(`${split.seed}/`)} || ${row})`;
    case 'group':
      return `md5_number(${literal(`${split.seed}/`)} || coalesce(${quoted(split.column)}, ''))::DOUBLE / ${2 ** 128}`;
    case 'file':
      return 'NULL';
  }
}

/**
 * A time as a number: a finite number as it is, a timestamp as seconds since 1970 (UTC where it names no zone), else
 * null.
 */
export function timeExpression(column: string): string {
  const number = `TRY_CAST(${column} AS DOUBLE)`;
  return `CASE WHEN isfinite(${number}) THEN ${number} WHEN ${number} IS NULL THEN epoch(TRY_CAST(${column} AS TIMESTAMPTZ)) END`;
}

/**
 * SQL over `ROWS_TO_SPLIT`: 0 train, 1 validation, 2 test, 3 none. By time or seed the first rows in order train, the
 * next validate, the last test; shares are rounded to whole rows. Of rolling splits a fold's test rows end where those
 * of the next fold begin; what comes after them is in none of its splits. Without a split every row is in test.
 */
export async function splitExpression(
  loading: Loading,
  split: SplitOptions | undefined,
  fileStarts?: FileStarts,
): Promise<string> {
  if (!split) return '2';
  if (split.by === 'file') {
    if (!fileStarts) throw noFiles();
    return `CASE WHEN mdctr_input_row >= ${fileStarts.test} THEN 2 WHEN mdctr_input_row >= ${fileStarts.validation} THEN 1 ELSE 0 END`;
  }
  const { test, validation } = split;
  if (split.by === 'group') {
    return `CASE WHEN mdctr_split_key < ${test} THEN 2 WHEN mdctr_split_key < ${test + validation} THEN 1 ELSE 0 END`;
  }
  const [counts] = await loading.database.rows(
    `SELECT round(${test} * count(*))::INTEGER, round(${validation} * count(*))::INTEGER FROM ${ROWS_TO_SPLIT}`,
  );
  const [tests, validations] = counts as [number, number];
  const later = tests * foldsAfter(split);
  const none = later === 0 ? '' : `WHEN ${await amongLast(loading, later)} THEN ${NO_SPLIT} `;
  return `CASE ${none}WHEN ${await amongLast(loading, later + tests)} THEN 2 WHEN ${await amongLast(loading, later + tests + validations)} THEN 1 ELSE 0 END`;
}

/** Folds that come after the one that is taken. */
const foldsAfter = (split: SplitOptions): number =>
  split.by === 'time' ? foldsOf(split) - (split.fold ?? foldsOf(split)) : 0;

/** SQL that is true for the last `count` rows in order. */
async function amongLast(loading: Loading, count: number): Promise<string> {
  if (count === 0) return 'false';
  const [first] = await loading.database.rows(
    `SELECT mdctr_split_key, mdctr_position FROM ${ROWS_TO_SPLIT} ORDER BY mdctr_split_key DESC, mdctr_position DESC LIMIT 1 OFFSET ${count - 1}`,
  );
  if (!first) return 'true';
  const key = typeof first[0] === 'number' ? `${first[0]}::DOUBLE` : literal(String(first[0]));
  return `(mdctr_split_key > ${key} OR (mdctr_split_key = ${key} AND mdctr_position >= ${Number(first[1])}))`;
}

/** @throws MdctrError MDCTR_DATA_SPLIT if a row's time is neither number nor timestamp. */
export async function refuseBadTimes(loading: Loading, split: SplitOptions): Promise<void> {
  if (split.by !== 'time') return;
  const [bad] = await loading.database.rows(
    `SELECT mdctr_position, mdctr_input_row FROM ${ROWS_TO_SPLIT} WHERE mdctr_split_key IS NULL ORDER BY 1 LIMIT 1`,
  );
  if (!bad) return;
  const [value] = await loading.database.rows(
    `SELECT ${quoted(split.column)} FROM ${INPUT_ROWS} WHERE rowid = ${Number(bad[0])}`,
  );
  throw new MdctrError('MDCTR_DATA_SPLIT', {
    what: `The column "${split.column}" to split by is not a time in every row.`,
    at: await loading.locate(Number(bad[1])),
    expected: 'a number, e.g. milliseconds, or a timestamp like 2022-04-25 13:00:00',
    found: JSON.stringify(value?.[0] ?? ''),
    hint: 'Leave such rows out with data.where, or split by seed or group.',
  });
}

function noFiles(): MdctrError {
  return new MdctrError('MDCTR_DATA_SPLIT', {
    what: 'A split by file needs a source of files.',
    path: 'data.split.by',
    hint: 'Split synthetic data by seed.',
  });
}
