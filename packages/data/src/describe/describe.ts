import { resolve } from 'node:path';
import { MdctrError } from '@mdctr/core';
import { literal, quoted, withDatabase, type Database } from '../database/database.js';
import { encode } from '../encode/encode.js';
import { fieldAucs } from '../checks/find-leaks.js';
import type { Format } from '../formats/formats.js';
import { learnFeatureMap } from '../encode/learn-feature-map.js';
import { readInput } from '../read/input.js';
import type { Locate } from '../read/read-files.js';
import { RAW, rawColumns } from '../read/read-files.js';
import { requireColumn } from '../columns/require-column.js';
import { timeExpression } from '../rows/split-rows.js';
import { createTypedTable, TYPED } from '../rows/create-rows.js';
import { columnFacts } from '../columns/column-facts.js';
import { guessKind, percent } from '../columns/guess-kind.js';
import { guessDomains, guessLabel, guessTime, outcomeRemark, proposeUse, type Column } from './propose.js';

/** At most so many cells are looked at, and so many rows. */
const MOST_CELLS = 40_000_000;
const MOST_ROWS = 1_000_000;
/** What numbers are cut into, and where longer lists are cut. */
const BUCKETS = 20;
const LONGEST_LIST = 100;

export interface DescribeOptions {
  readonly files: readonly string[];
  readonly format?: Format | undefined;
  /** Named by the user; guessed where undefined. */
  readonly label?: string | undefined;
  readonly domain?: readonly string[] | undefined;
}

/** What files hold, and how they could be used. */
export interface Description {
  /** Rows that were looked at; `whole` if these are all. */
  readonly rows: number;
  readonly whole: boolean;
  readonly columns: readonly Column[];
  readonly label: string | undefined;
  readonly domain: readonly string[];
  /** Further columns that could be the domain, the likeliest first. */
  readonly otherDomains: readonly string[];
  /** The section `data` of a config, as it would be written, its files as they were named; absent without label or domain. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Looks at the columns of files and proposes how to use them.
 * @throws MdctrError MDCTR_DATA_... for what is wrong with files, columns or labels.
 */
export async function describeFiles(options: DescribeOptions): Promise<Description> {
  const files = options.files.map((file) => resolve(file));
  return withDatabase(async (database) => {
    const limit = (columns: number): number => Math.min(MOST_ROWS, Math.ceil(MOST_CELLS / columns));
    const { locate, rows, whole } = await readInput(database, { files, format: options.format, joins: [] }, { limit });
    const names = await rawColumns(database);
    for (const name of [options.label, ...(options.domain ?? [])]) {
      if (name !== undefined) requireColumn(name, names, 'named on the command line');
    }
    const columns: Column[] = [];
    for (const name of names) {
      const facts = await columnFacts(database, name, rows);
      const { kind, reason } = guessKind(facts);
      columns.push({ ...facts, kind, reasons: [reason], use: 'field' });
    }
    const label = options.label ?? guessLabel(columns)?.name;
    if (label !== undefined) await compareWithLabel(database, columns, label, locate);
    const time = guessTime(columns.filter(({ name }) => name !== label));
    const candidates = guessDomains(columns.filter(({ name, kind }) => name !== label && kind !== 'timestamp')).map(
      ({ name }) => name,
    );
    const domain = options.domain ?? candidates.slice(0, 1);
    for (const column of columns) {
      if (column.name === label)
        mark(column, 'label', options.label === undefined ? 'guessed by name and values' : 'named');
      else if (domain.includes(column.name))
        mark(column, 'domain', options.domain ? 'named' : 'guessed by name, sizes and click rates');
      else if (column === time) mark(column, 'split', 'the latest rows validate and test');
    }
    if (time) await findDates(database, columns, time.name);
    proposeUse(columns, label, time !== undefined);
    refuseNoFields(columns, domain);
    return {
      rows,
      whole,
      columns,
      label,
      domain,
      otherDomains: candidates.filter((name) => !domain.includes(name)),
      ...(label !== undefined &&
        domain.length > 0 && { data: dataSection(options, columns, label, domain, time?.name) }),
    };
  });
}

function mark(column: Column, use: Column['use'], reason: string): void {
  column.use = use;
  column.reasons.push(reason);
}

/** How well each column predicts the label alone, and remarks on outcomes that are rare. */
async function compareWithLabel(database: Database, columns: Column[], label: string, locate: Locate): Promise<void> {
  const others = columns.filter(({ name, distinct }) => name !== label && distinct > 1);
  const fields = others.map(({ name }) => ({ name, minFrequency: 1 }));
  if (fields.length === 0) return;
  const split = { by: 'seed' as const, seed: 1, validation: 0, test: 0 };
  await createTypedTable(database, { fields, domain: [fields[0]!.name], label, split, locate });
  const map = await learnFeatureMap(database, { fields, domain: [fields[0]!.name], label, locate });
  const aucs = await fieldAucs(database, await encode(database, map, true));
  for (const [i, column] of others.entries()) {
    column.auc = aucs[i]!.auc;
    if (column.distinct + Math.min(1, column.missing) !== 2) continue;
    const values = await database.rows(
      `SELECT coalesce(f${i}, '(none)'), count(*), sum(label) FROM ${TYPED} GROUP BY 1`,
    );
    const remark = outcomeRemark(
      values.map(([value, rows, clicks]) => ({ value: String(value), rows: Number(rows), clicks: Number(clicks) })),
      label,
    );
    if (remark) column.reasons.push(remark);
  }
}

/** Remarks on date columns that run with the time of the rows: each of their values has a time of its own. */
async function findDates(database: Database, columns: readonly Column[], time: string): Promise<void> {
  for (const column of columns.filter(({ kind }) => kind === 'date')) {
    const name = quoted(column.name);
    const [spans] = await database.rows(
      `WITH timed AS (SELECT ${name} AS value, ${timeExpression(quoted(time))} AS time FROM ${RAW}),
       spans AS (SELECT max(time) - min(time) AS span FROM timed WHERE value IS NOT NULL GROUP BY value)
       SELECT sum(span) / (SELECT max(time) - min(time) FROM timed) FROM spans`,
    );
    if (Number(spans?.[0]) <= 1.05) column.reasons.push(`runs with ${literal(time)}`);
  }
}

function dataSection(
  { files, format }: DescribeOptions,
  columns: readonly Column[],
  label: string,
  domain: readonly string[],
  time: string | undefined,
): Record<string, unknown> {
  const fields = columns.flatMap((column) => (column.use === 'field' ? (entryOf(column) ?? []) : []));
  const manyValues = columns.some(({ use, distinct, rows }) => use === 'field' && distinct > rows / 20);
  return {
    source: { kind: 'files', files: [...files], ...(format && { format }) },
    label,
    domain: domain.length === 1 ? domain[0] : [...domain],
    ...(fields.length > 0 && { fields: ['*', ...fields] }),
    exclude: columns.filter(({ use }) => use === 'exclude').map(({ name }) => name),
    ...(manyValues && { minFrequency: 2 }),
    split:
      time === undefined
        ? { by: 'seed', seed: 1, validation: 0.1, test: 0.1 }
        : { by: 'time', column: time, validation: 0.1, test: 0.1 },
  };
}

/** The entry of a field that is no plain category; undefined for the others. */
function entryOf({ name, kind, separator, longest, reasons }: Column): object | undefined {
  if (kind === 'numeric') {
    reasons.push(`cut into up to ${BUCKETS} parts of equal size`);
    return { name, encoding: { kind: 'quantiles', buckets: BUCKETS } };
  }
  if (kind !== 'multi-valued') return undefined;
  reasons.push(`a list: the mean of its parts${longest > LONGEST_LIST ? `, the last ${LONGEST_LIST} of them` : ''}`);
  return { name, list: { separator, pooling: 'mean', ...(longest > LONGEST_LIST && { maxLength: LONGEST_LIST }) } };
}

function refuseNoFields(columns: readonly Column[], domain: readonly string[]): void {
  if (domain.length > 0 || columns.some(({ use }) => use === 'field')) return;
  throw new MdctrError('MDCTR_DATA_DESCRIBE', {
    what: 'No column is left that could be an input.',
    found: columns
      .map(({ name, kind, missing, rows }) => `${name} (${kind}, ${percent(missing / rows)} missing)`)
      .join(', '),
    hint: 'Check that these are the right files.',
  });
}
