import { MdctrError, nearest } from '@mdctr/core';
import { databaseError, quoted, type Database } from '../database/database.js';
import type { FieldSpec } from '../options/field-spec.js';
import type { SplitOptions } from '../options/data-options.js';
import { findFaultyExpression } from './find-faulty-expression.js';
import { RAW, rawColumns, type Locate } from '../read/read-files.js';
import { requireColumn } from '../columns/require-column.js';
import { refuseBadTimes, sortKey, splitExpression, type FileStarts } from './split-rows.js';

/**
 * View of the rows to encode: row (0-based position), label (0, 1 or null), split (0 train, 1 validation, 2 test, 3 none of them), domain
 * (text), f0, f1, ... (text or null). Plain fields are columns of RAW; what is computed, or changed later, lies in MARKS.
 */
export const TYPED = 'typed';
/**
 * Table beside RAW, row by row: mdctr_position (0-based), mdctr_row (of the input), mdctr_label, mdctr_split, mdctr_domain,
 * and mdctr_f0, ... of some fields.
 */
export const MARKS = 'marks';

export interface TypedTableOptions {
  readonly fields: readonly FieldSpec[];
  readonly domain: readonly string[];
  /** Fields beside those of the domain whose values may be changed. */
  readonly domainFeatures?: readonly string[] | undefined;
  /** Column of the outcome; undefined where there is none. */
  readonly label: string | undefined;
  /** Undefined: every row is in the test split. */
  readonly split: SplitOptions | undefined;
  /** First raw row of the validation and of the test files, for a split by file. */
  readonly fileStarts?: FileStarts | undefined;
  /** SQL condition that rows must meet; all rows without it. */
  readonly where?: string | undefined;
  readonly locate: Locate;
  /** Where a config names a field; undefined where it does not. */
  readonly pathOf?: (field: string) => string | undefined;
}

/**
 * Computes domain, label and split of every raw row, and the fields with an expression.
 * @throws MdctrError MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION, MDCTR_DATA_DOMAIN, MDCTR_DATA_LABEL, MDCTR_DATA_SPLIT.
 */
export async function createTypedTable(database: Database, options: TypedTableOptions): Promise<void> {
  const { fields, domain, domainFeatures = [], label, split, fileStarts, where, locate } = options;
  const pathOf = options.pathOf ?? ((): undefined => undefined);
  const columns = await rawColumns(database);
  for (const { name, expression } of fields) {
    if (expression === undefined) requireColumn(name, columns, 'field', pathOf(name));
  }
  if (label !== undefined) requireColumn(label, columns, 'label', 'data.label');
  if (split && 'column' in split) requireColumn(split.column, columns, 'column to split by', 'data.split.column');
  const domainParts = domain.map((name) => {
    const index = fields.findIndex((field) => field.name === name);
    if (index < 0) throw domainNotField(name, fields);
    const column = `mdctr_f${index}`;
    return `coalesce(${domain.length === 1 ? column : escapedPart(column)}, '(missing)')`;
  });
  const domainSql = domainParts.length === 0 ? `'(all)'` : domainParts.join(` || ' x ' || `);
  const held = fields.map(
    ({ name, expression }) => expression !== undefined || domain.includes(name) || domainFeatures.includes(name),
  );
  const computed = fields.flatMap(({ name, expression }, i) =>
    held[i] ? [`(${expression ?? quoted(name)})::VARCHAR AS mdctr_f${i}`] : [],
  );
  if (where !== undefined) await filterRows(database, where);
  const labelSql = label === undefined ? 'NULL::FLOAT' : labelExpression(quoted(label));
  const row = where === undefined ? 'rowid' : 'mdctr_row';
  const key = split === undefined ? 'NULL' : sortKey(split, row);
  const inner = `SELECT rowid AS mdctr_position, ${row} AS mdctr_row, ${labelSql} AS mdctr_label, ${[`${key} AS mdctr_key`, ...computed].join(', ')} FROM ${RAW}`;
  try {
    await database.run(`CREATE TABLE keyed AS SELECT *, ${domainSql} AS mdctr_domain FROM (${inner})`);
    await database.compress();
  } catch (cause) {
    throw await fieldError(database, fields, pathOf, cause);
  }
  if (label !== undefined) await refuseBadLabels(database, label, locate);
  if (split) await refuseBadTimes(database, split, locate);
  const splitSql = await splitExpression(database, split, fileStarts);
  await database.run(
    `CREATE TABLE ${MARKS} AS SELECT * EXCLUDE (mdctr_key), (${splitSql})::UTINYINT AS mdctr_split FROM keyed; DROP TABLE keyed`,
  );
  await database.compress();
  // The view below pairs the two tables row by row, which DuckDB's insertion order allows.
  const [apart] = await database.rows(`SELECT count(*) FROM ${MARKS} WHERE rowid <> mdctr_position`);
  if (Number(apart![0]) > 0) throw new Error('The rows of a table are not in the order of their insertion.');
  const views = fields.map(({ name }, i) => `${held[i] ? `m.mdctr_f${i}` : `r.${quoted(name)}::VARCHAR`} AS f${i}`);
  await database.run(
    `CREATE VIEW ${TYPED} AS SELECT ${[`m.mdctr_position AS row`, `m.mdctr_label AS label`, `m.mdctr_split AS split`, `m.mdctr_domain AS domain`, ...views].join(', ')}
     FROM ${RAW} r POSITIONAL JOIN ${MARKS} m`,
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
    path: 'data.domain',
    expected: `one of ${names.join(', ')}`,
    hint: near ? `Did you mean "${near}"?` : 'Add it to data.fields.',
  });
}

/** Leaves only the rows that meet a condition, with their numbers in the input as `mdctr_row`. */
async function filterRows(database: Database, where: string): Promise<void> {
  try {
    await database.run(`CREATE TABLE filtered AS SELECT rowid AS mdctr_row, * FROM ${RAW} WHERE (${where})`);
  } catch (cause) {
    throw databaseError(
      'MDCTR_DATA_EXPRESSION',
      `The condition data.where, ${where}, does not work on this data.`,
      `${CAST_FIRST} Text stands in single quotes: tab = 'home'.`,
      cause,
      'data.where',
    );
  }
  const [kept] = await database.rows('SELECT 1 FROM filtered LIMIT 1');
  if (!kept) {
    throw new MdctrError('MDCTR_DATA_TRAIN_EMPTY', {
      what: 'No row meets the condition data.where.',
      path: 'data.where',
      found: where,
      hint: 'All raw columns are text: 7 and 7.0 differ. npx mdctr data describe shows what the columns hold.',
    });
  }
  await database.run(`DROP TABLE ${RAW}; ALTER TABLE filtered RENAME TO ${RAW}`);
  await database.compress();
}

const CAST_FIRST = 'All raw columns are text: CAST them first, or TRY_CAST where some are no numbers.';

async function fieldError(
  database: Database,
  fields: readonly FieldSpec[],
  pathOf: (field: string) => string | undefined,
  cause: unknown,
): Promise<MdctrError> {
  const faulty = await findFaultyExpression(database, fields);
  return databaseError(
    'MDCTR_DATA_EXPRESSION',
    faulty
      ? `The expression of the field "${faulty.name}", ${faulty.expression}, does not work on this data.`
      : 'A field expression does not work on this data.',
    CAST_FIRST,
    faulty?.cause ?? cause,
    faulty && pathOf(faulty.name),
  );
}

async function refuseBadLabels(database: Database, label: string, locate: Locate): Promise<void> {
  const [bad] = await database.rows(
    `SELECT mdctr_position, mdctr_row FROM keyed WHERE mdctr_label IS NULL ORDER BY 1 LIMIT 1`,
  );
  if (!bad) return;
  const [value] = await database.rows(`SELECT ${quoted(label)} FROM ${RAW} WHERE rowid = ${Number(bad[0])}`);
  throw new MdctrError('MDCTR_DATA_LABEL', {
    what: `The label "${label}" of a row is neither 0 nor 1.`,
    at: await locate(Number(bad[1])),
    expected: '0 or 1 (also 0.0, 1.0, true, false)',
    found: JSON.stringify(value?.[0] ?? ''),
    hint: labelHint(label, value?.[0]),
  });
}

/** A value can be made 0 or 1; a row without one can only be left out. */
function labelHint(label: string, value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(Number(value))) {
    return `Leave such rows out: data.where, e.g. ${quoted(label)} IN ('0', '1').`;
  }
  return `Compute a label: data.source.columns, e.g. ["*", {"name": "label", "expression": "CAST(${label} AS DOUBLE) >= 4"}].`;
}
