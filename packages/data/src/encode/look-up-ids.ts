import { itemAt } from '@mdctr/base';
import { columnNames } from '../columns/column-names.js';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import {
  attributeOf,
  distinctValuesTable,
  DOMAIN,
  fieldColumn,
  INPUT_ROWS,
  ROW_ATTRIBUTES,
  vocabularyTable,
} from '../database/tables.js';
import { type FieldSpec, targetMeanOf } from '../options/field-spec.js';
import type { FeatureMap } from './feature-map.js';
import { hashedId } from './hash.js';
import { sharedInt32 } from './shared-arrays.js';

/** Fields whose ids are looked up together. */
const TOGETHER = 8;

/**
 * Where a column's ids go, and SQL that tells them: an expression over the source `t` and, it may be, a table that is
 * joined.
 */
interface LookUp {
  readonly f: number;
  readonly id: string;
  readonly join?: string;
}

/** A table, its column of the row's position, and what is looked up by its columns. */
interface Source {
  readonly table: string;
  readonly position: string;
  readonly columns: readonly LookUp[];
}

/**
 * The ids of all fields, [rows * F] row-major. For fields of numbers and of lists they are the ids of distinct values; for
 * target means, which `encodePooledFields` fills in, they are 0.
 */
export async function lookUpFields(loading: Loading, { fields }: FeatureMap, rows: number): Promise<Int32Array> {
  const ids = sharedInt32(rows * fields.length);
  for (const source of await sourcesOf(loading, fields)) await lookUp(loading, source, ids, fields.length);
  return ids;
}

/** [rows] ids of the domains; 0 for one that training does not know. */
export async function lookUpDomains(loading: Loading, rows: number): Promise<Int32Array> {
  const domains = sharedInt32(rows);
  const columns = [inTable(attributeOf(DOMAIN), vocabularyTable(DOMAIN), 0)];
  await lookUp(loading, { table: ROW_ATTRIBUTES, position: 'mdctr_position', columns }, domains, 1);
  return domains;
}

/**
 * Where the columns of the fields lie, in groups of one table: read there, and not in the view, rows are read by all
 * threads.
 */
async function sourcesOf(loading: Loading, fields: readonly FieldSpec[]): Promise<Source[]> {
  const held = new Set(await columnNames(loading, ROW_ATTRIBUTES));
  const sources: Source[] = [];
  for (const isAttribute of [true, false]) {
    const members = [...fields.keys()].filter(
      (f) => !targetMeanOf(itemAt(fields, f)) && held.has(attributeOf(fieldColumn(f))) === isAttribute,
    );
    for (let begin = 0; begin < members.length; begin += TOGETHER) {
      const columns = members
        .slice(begin, begin + TOGETHER)
        .map((f) =>
          lookUpOf(itemAt(fields, f), isAttribute ? attributeOf(fieldColumn(f)) : quoted(itemAt(fields, f).name), f),
        );
      sources.push({
        table: isAttribute ? ROW_ATTRIBUTES : INPUT_ROWS,
        position: isAttribute ? 'mdctr_position' : 'rowid',
        columns,
      });
    }
  }
  return sources;
}

function lookUpOf({ encoding, list }: FieldSpec, column: string, f: number): LookUp {
  if (encoding?.kind === 'hash' && !list) return { f, id: hashedId(`t.${column}`, encoding) };
  const field = fieldColumn(f);
  return inTable(column, encoding || list ? distinctValuesTable(field) : vocabularyTable(field), f);
}

function inTable(column: string, table: string, f: number): LookUp {
  return { f, id: `coalesce(v${f}.id, 0)`, join: `LEFT JOIN ${table} v${f} ON t.${column} = v${f}.value` };
}

/** Writes the ids of columns: that of row r and column f at `r * width + f`. */
async function lookUp(
  loading: Loading,
  { table, position, columns }: Source,
  into: Int32Array,
  width: number,
): Promise<void> {
  const ids = columns.map(({ id }) => id);
  const joins = columns.flatMap(({ join }) => join ?? []);
  await loading.database.numbers(
    `SELECT t.${position}::INTEGER, ${ids.join(', ')} FROM ${table} t ${joins.join(' ')}`,
    (rows, ...found) => {
      columns.forEach(({ f }, c) => {
        const values = itemAt(found, c);
        for (let i = 0; i < values.length; i++) into[rows[i]! * width + f] = values[i]!;
      });
    },
  );
}
