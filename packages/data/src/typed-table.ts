import { MdctrError, nearest } from '@mdctr/core';
import { databaseError, quoted, type Database } from './database.js';
import type { FieldSpec } from './feature-map.js';
import type { SplitOptions } from './options.js';
import { RAW, rawColumns, type Locate } from './raw-table.js';
import { requireColumn } from './require-column.js';
import { refuseBadTimes, sortKey, splitExpression, type FileStarts } from './split-rows.js';

/** Columns: row (0-based), label (0, 1 or null), f0, f1, ... (text or null), domain (text), split (0 train, 1 validation, 2 test). */
export const TYPED = 'typed';

export interface TypedTableOptions {
  readonly fields: readonly FieldSpec[];
  readonly domain: readonly string[];
  /** Column of the outcome; undefined where there is none. */
  readonly label: string | undefined;
  /** Undefined: every row is in the test split. */
  readonly split: SplitOptions | undefined;
  /** First raw row of the validation and of the test files, for a split by file. */
  readonly fileStarts?: FileStarts | undefined;
  /** SQL condition that rows must meet; all rows without it. */
  readonly where?: string | undefined;
  readonly locate: Locate;
}

/**
 * Computes fields, domain, label and split of every raw row.
 * @throws MdctrError MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION, MDCTR_DATA_DOMAIN, MDCTR_DATA_LABEL, MDCTR_DATA_SPLIT.
 */
export async function createTypedTable(database: Database, options: TypedTableOptions): Promise<void> {
  const { fields, domain, label, split, fileStarts, where, locate } = options;
  const columns = await rawColumns(database);
  for (const { name, expression } of fields) if (expression === undefined) requireColumn(name, columns, 'field');
  if (label !== undefined) requireColumn(label, columns, 'label');
  if (split && 'column' in split) requireColumn(split.column, columns, 'column to split by');

  const expressions = fields.map((field, i) => `(${field.expression ?? quoted(field.name)})::VARCHAR AS f${i}`);
  const domainParts = domain.map((name) => {
    const index = fields.findIndex((field) => field.name === name);
    if (index < 0) throw domainNotField(name, fields);
    return domain.length === 1
      ? `coalesce(f${index}, '(missing)')`
      : `coalesce(${escapedPart(`f${index}`)}, '(missing)')`;
  });
  const labelSql = label === undefined ? 'NULL::FLOAT' : labelExpression(quoted(label));
  const order = split === undefined ? 'NULL' : sortKey(split);
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
  await database.run(
    `CREATE TABLE ${TYPED} AS SELECT *, ${splitExpression(split, fileStarts)} AS split FROM keyed ORDER BY row`,
  );
}

/** Parts of a composite label are joined by ` x `; inside a part it is written ` \\x `, so that labels stay distinct. */
function escapedPart(column: string): string {
  return `replace(replace(${column}, '\\', '\\\\'), ' x ', ' \\x ')`;
}

function labelExpression(column: string): string {
  return `CASE WHEN lower(${column}) IN ('1', '1.0', 'true') THEN 1::FLOAT WHEN lower(${column}) IN ('0', '0.0', 'false') THEN 0::FLOAT END`;
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
    at: await locate(row),
    expected: '0 or 1 (also 0.0, 1.0, true, false)',
    found: JSON.stringify(value?.[0] ?? ''),
  });
}
