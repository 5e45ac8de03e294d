import { MdctrError, nearest } from '@mdctr/core';
import { databaseError, literal, quoted, type Database } from './database.js';
import type { FieldSpec } from './feature-map.js';
import type { SplitOptions } from './options.js';
import { RAW, rawColumns, type Locate } from './raw-table.js';

/** Columns: row (0-based), label (0, 1 or null), f0, f1, ... (text or null), domain (text), split (0 train, 1 validation, 2 test). */
export const TYPED = 'typed';

export interface TypedTableOptions {
  readonly fields: readonly FieldSpec[];
  readonly domain: readonly string[];
  /** Column of the outcome; undefined where there is none. */
  readonly label: string | undefined;
  /** Undefined: every row is in the test split. */
  readonly split: SplitOptions | undefined;
  /** SQL condition that rows must meet; all rows without it. */
  readonly where?: string | undefined;
  readonly locate: Locate;
}

/**
 * Computes fields, domain, label and split of every raw row.
 * @throws MdctrError MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION, MDCTR_DATA_DOMAIN, MDCTR_DATA_LABEL, MDCTR_DATA_SPLIT.
 */
export async function createTypedTable(database: Database, options: TypedTableOptions): Promise<void> {
  const { fields, domain, label, split, where, locate } = options;
  const columns = await rawColumns(database);
  for (const { name, expression } of fields) if (expression === undefined) requireColumn(name, columns, 'field');
  if (label !== undefined) requireColumn(label, columns, 'label');
  if (split?.by === 'time') requireColumn(split.column, columns, 'column to split by');

  const expressions = fields.map((field, i) => `(${field.expression ?? quoted(field.name)})::VARCHAR AS f${i}`);
  const domainParts = domain.map((name) => {
    const index = fields.findIndex((field) => field.name === name);
    if (index < 0) throw domainNotField(name, fields);
    return domain.length === 1
      ? `coalesce(f${index}, '(missing)')`
      : `coalesce(${escapedPart(`f${index}`)}, '(missing)')`;
  });
  const labelSql = label === undefined ? 'NULL::FLOAT' : labelExpression(quoted(label));
  const order = split === undefined ? 'NULL' : orderExpression(split);
  const inner = `SELECT rowid AS row, ${labelSql} AS label, ${order} AS sort_key, ${expressions.join(', ')} FROM ${RAW}${where ? ` WHERE (${where})` : ''}`;
  const domainSql = domainParts.length === 0 ? `'(all)'` : domainParts.join(` || ' x ' || `);
  try {
    await database.run(`CREATE TABLE keyed AS SELECT *, ${domainSql} AS domain FROM (${inner})`);
  } catch (cause) {
    throw databaseError(
      'MDCTR_DATA_EXPRESSION',
      where
        ? 'A field expression, or the condition `where`, does not work on this data.'
        : 'A field expression does not work on this data.',
      'All raw columns are text: CAST them first.',
      cause,
    );
  }
  if (label !== undefined) await refuseBadLabels(database, label, locate);
  if (split) await refuseBadTimes(database, split, locate);
  await database.run(`CREATE TABLE ${TYPED} AS SELECT *, ${splitExpression(split)} AS split FROM keyed ORDER BY row`);
}

/** Parts of a composite label are joined by ` x `; inside a part it is written ` \\x `, so that labels stay distinct. */
function escapedPart(column: string): string {
  return `replace(replace(${column}, '\\', '\\\\'), ' x ', ' \\x ')`;
}

function labelExpression(column: string): string {
  return `CASE WHEN lower(${column}) IN ('1', '1.0', 'true') THEN 1::FLOAT WHEN lower(${column}) IN ('0', '0.0', 'false') THEN 0::FLOAT END`;
}

/** A random split sorts by a hash of (seed, row), which is the same on every machine and version. */
function orderExpression(split: SplitOptions): string {
  if (split.by === 'time') return `TRY_CAST(${quoted(split.column)} AS DOUBLE)`;
  return `md5(${literal(`${split.seed}/`)} || rowid)`;
}

/** The first rows in order train, the next validate, the last test; shares are rounded to whole rows. */
function splitExpression(split: SplitOptions | undefined): string {
  if (!split) return '2';
  const rank = '(row_number() OVER (ORDER BY sort_key, row) - 1)';
  const total = '(SELECT count(*) FROM keyed)';
  const test = `round(${split.test} * ${total})`;
  const validation = `round(${split.validation} * ${total})`;
  return `CASE WHEN ${rank} >= ${total} - ${test} THEN 2 WHEN ${rank} >= ${total} - ${test} - ${validation} THEN 1 ELSE 0 END`;
}

function requireColumn(name: string, columns: readonly string[], what: string): void {
  if (columns.includes(name)) return;
  const near = nearest(name, columns);
  throw new MdctrError('MDCTR_DATA_COLUMN', {
    what: `The data have no column "${name}" (${what}).`,
    expected: `one of ${columns.join(', ')}`,
    ...(near && { hint: `Did you mean "${near}"?` }),
  });
}

function domainNotField(name: string, fields: readonly FieldSpec[]): MdctrError {
  const names = fields.map((field) => field.name);
  const near = nearest(name, names);
  return new MdctrError('MDCTR_DATA_DOMAIN', {
    what: `The domain "${name}" is not among the fields.`,
    expected: `one of ${names.join(', ')}`,
    hint: near ? `Did you mean "${near}"?` : 'Add it to data.fields.',
  });
}

async function refuseBadLabels(database: Database, label: string, locate: Locate): Promise<void> {
  const [bad] = await database.rows('SELECT row FROM keyed WHERE label IS NULL ORDER BY row LIMIT 1');
  if (!bad) return;
  const row = Number(bad[0]);
  const [value] = await database.rows(`SELECT ${quoted(label)} FROM ${RAW} WHERE rowid = ${row}`);
  throw new MdctrError('MDCTR_DATA_LABEL', {
    what: `The label "${label}" of a row is neither 0 nor 1.`,
    at: locate(row),
    expected: '0 or 1 (also 0.0, 1.0, true, false)',
    found: JSON.stringify(value?.[0] ?? ''),
  });
}

async function refuseBadTimes(database: Database, split: SplitOptions, locate: Locate): Promise<void> {
  if (split.by !== 'time') return;
  const [bad] = await database.rows('SELECT row FROM keyed WHERE sort_key IS NULL ORDER BY row LIMIT 1');
  if (!bad) return;
  const row = Number(bad[0]);
  const [value] = await database.rows(`SELECT ${quoted(split.column)} FROM ${RAW} WHERE rowid = ${row}`);
  throw new MdctrError('MDCTR_DATA_SPLIT', {
    what: `The column "${split.column}" to split by is not a number in every row.`,
    at: locate(row),
    expected: 'a number, e.g. milliseconds',
    found: JSON.stringify(value?.[0] ?? ''),
  });
}
