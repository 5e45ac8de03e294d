import { columnNames } from '../columns/column-names.js';
import { requireColumn } from '../columns/require-column.js';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import {
  attributeOf,
  fieldColumn,
  INPUT_ROWS,
  ROW_ATTRIBUTES,
  ROWS_TO_ENCODE,
  ROWS_TO_SPLIT,
} from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';
import type { SplitOptions } from '../options/split-options.js';
import type { FileStarts } from '../read/read-input.js';
import { domainExpression } from './domain-expression.js';
import { fieldError } from './field-expressions.js';
import { filterRows } from './filter-rows.js';
import { labelExpression, refuseBadLabels } from './labels.js';
import { refuseBadTimes, sortKey, splitExpression } from './split-rows.js';

export interface CreateRowsOptions {
  readonly fields: readonly FieldSpec[];
  /** Fields whose values make up the domain. */
  readonly domain: readonly string[];
  /** Fields beside those of the domain whose values may be changed. */
  readonly domainFeatures?: readonly string[] | undefined;
  /** Column of the outcome; undefined where there is none. */
  readonly label: string | undefined;
  /** Undefined: every row is in the test split. */
  readonly split: SplitOptions | undefined;
  /** First row of the validation and of the test files, for a split by file. */
  readonly fileStarts?: FileStarts | undefined;
  /** SQL condition that rows must meet; all rows without it. */
  readonly where?: string | undefined;
  /** Where a config names a field; undefined where it does not. */
  readonly pathOf?: (field: string) => string | undefined;
}

/**
 * Computes domain, label and split of every row of `INPUT_ROWS`, and the fields with an expression: makes
 * `ROW_ATTRIBUTES` and the view `ROWS_TO_ENCODE`.
 * @throws MdctrError MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION, MDCTR_DATA_DOMAIN, MDCTR_DATA_LABEL, MDCTR_DATA_SPLIT.
 */
export async function createRows(loading: Loading, options: CreateRowsOptions): Promise<void> {
  const { fields, domain, domainFeatures = [], label, split, fileStarts, where } = options;
  await requireColumns(loading, options);
  const domainSql = domainExpression(domain, fields);
  const held = fields.map(
    ({ name, expression }) => expression !== undefined || domain.includes(name) || domainFeatures.includes(name),
  );
  if (where !== undefined) await filterRows(loading, where);
  await computeAttributes(loading, options, { domainSql, held });
  if (label !== undefined) await refuseBadLabels(loading, label);
  if (split) await refuseBadTimes(loading, split);
  await splitRows(loading, await splitExpression(loading, split, fileStarts));
  await createView(loading, fields, held);
}

async function requireColumns(loading: Loading, options: CreateRowsOptions): Promise<void> {
  const { fields, label, split, pathOf } = options;
  const columns = await columnNames(loading);
  for (const { name, expression } of fields) {
    if (expression === undefined) requireColumn(name, columns, 'field', pathOf?.(name));
  }
  if (label !== undefined) requireColumn(label, columns, 'label', 'data.label');
  if (split && 'column' in split) requireColumn(split.column, columns, 'column to split by', 'data.split.column');
}

/**
 * Makes `ROWS_TO_SPLIT`.
 * @param held whether a field has a column of its own there; the others are read from `INPUT_ROWS`.
 */
async function computeAttributes(
  loading: Loading,
  { fields, label, split, where, pathOf = () => undefined }: CreateRowsOptions,
  { domainSql, held }: { readonly domainSql: string; readonly held: readonly boolean[] },
): Promise<void> {
  const computed = fields.flatMap(({ name, expression }, f) =>
    held[f] ? [`(${expression ?? quoted(name)})::VARCHAR AS ${attributeOf(fieldColumn(f))}`] : [],
  );
  const inputRow = where === undefined ? 'rowid' : 'mdctr_input_row';
  const key = split === undefined ? 'NULL' : sortKey(split, inputRow);
  const columns = [
    'rowid AS mdctr_position',
    `${inputRow} AS mdctr_input_row`,
    `${labelExpression(label)} AS mdctr_label`,
    `${key} AS mdctr_split_key`,
    ...computed,
  ];
  try {
    await loading.database.run(
      `CREATE TABLE ${ROWS_TO_SPLIT} AS SELECT *, ${domainSql} AS mdctr_domain FROM (SELECT ${columns.join(', ')} FROM ${INPUT_ROWS})`,
    );
    await loading.database.compress();
  } catch (cause) {
    throw await fieldError(loading, fields, pathOf, cause);
  }
}

/** Makes `ROW_ATTRIBUTES` of `ROWS_TO_SPLIT`. */
async function splitRows({ database }: Loading, splitSql: string): Promise<void> {
  await database.run(
    `CREATE TABLE ${ROW_ATTRIBUTES} AS SELECT * EXCLUDE (mdctr_split_key), (${splitSql})::UTINYINT AS mdctr_split FROM ${ROWS_TO_SPLIT};
     DROP TABLE ${ROWS_TO_SPLIT}`,
  );
  await database.compress();
  // The view pairs the two tables row by row, which DuckDB's insertion order allows.
  const apart = await database.number(`SELECT count(*) FROM ${ROW_ATTRIBUTES} WHERE rowid <> mdctr_position`);
  if (apart > 0) throw new Error('The rows of a table are not in the order of their insertion.');
}

/** Makes `ROWS_TO_ENCODE` of `INPUT_ROWS` and `ROW_ATTRIBUTES`. */
async function createView(loading: Loading, fields: readonly FieldSpec[], held: readonly boolean[]): Promise<void> {
  const columns = fields.map(({ name }, f) => {
    const column = fieldColumn(f);
    return `${held[f] ? `a.${attributeOf(column)}` : `r.${quoted(name)}::VARCHAR`} AS ${column}`;
  });
  const attributes = ['position AS row', 'label AS label', 'split AS split', 'domain AS domain'];
  await loading.database.run(
    `CREATE VIEW ${ROWS_TO_ENCODE} AS SELECT ${[...attributes.map((one) => `a.mdctr_${one}`), ...columns].join(', ')}
     FROM ${INPUT_ROWS} r POSITIONAL JOIN ${ROW_ATTRIBUTES} a`,
  );
}
