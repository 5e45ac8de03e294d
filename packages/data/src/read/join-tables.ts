import { MdctrError } from '@mdctr/base';
import { columnNames } from '../columns/column-names.js';
import { requireColumn } from '../columns/require-column.js';
import type { Loading, Locate } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { INPUT_ROWS, JOINED_ROWS, sideTable } from '../database/tables.js';
import { expandPatterns, type TableOptions } from './expand-patterns.js';
import { readFiles } from './read-files.js';
import { itemName, itemNames } from './select-columns.js';

/** A side table, e.g. of users or items, whose columns are added to the rows by a key. */
export interface Join extends TableOptions {
  /** Absolute paths or patterns. */
  readonly files: readonly string[];
  readonly key: string | { readonly left: string; readonly right: string };
  readonly prefix: string;
}

/**
 * Adds the columns of side tables to the raw rows (left joins; rows without a match are empty there), and gives the
 * joins with their columns named. In scoring no row needs a match, and a join whose columns are there is left out.
 * @throws MdctrError MDCTR_DATA_JOIN for a key that is there twice, a column that is there already, or no match at all.
 */
export async function joinTables(loading: Loading, joins: readonly Join[]): Promise<Join[]> {
  if (joins.length === 0) return [];
  const scoring = loading.mode === 'scoring';
  const taken = await columnNames(loading);
  const added: string[] = [];
  const sources: string[] = [];
  const resolved: Join[] = [];
  for (const [i, join] of joins.entries()) {
    const side = sideTable(i);
    const { left, right } = typeof join.key === 'string' ? { left: join.key, right: join.key } : join.key;
    const named = join.columns?.map(itemName).filter((name) => name !== right);
    if (scoring && named?.every((name) => taken.includes(join.prefix + name))) continue;
    const files = await expandPatterns(loading, join.files, withKey(join, right));
    const { locate } = await readFiles(loading.forSideTables(), side, files);
    const columns = await columnNames(loading, side);
    requireColumn(left, await columnNames(loading), 'key of a join');
    requireColumn(right, columns, `key of a join, in ${join.files.join(', ')}`);
    await refuseTwice(loading, side, right, locate);
    if (!scoring) await requireMatch(loading, side, { left, right }, join);
    const chosen = itemNames(join.columns ?? ['*'], columns).filter((column) => column !== right);
    const rest = chosen.filter((name) => !named?.includes(name));
    resolved.push({ ...join, columns: (join.columns ?? ['*']).flatMap((item) => (item === '*' ? rest : [item])) });
    for (const name of chosen) {
      const as = join.prefix + name;
      if (taken.some((column) => column.toLowerCase() === as.toLowerCase())) throw takenName(as, i);
      taken.push(as);
      added.push(`${side}.${quoted(name)} AS ${quoted(as)}`);
    }
    sources.push(`LEFT JOIN ${side} ON ${INPUT_ROWS}.${quoted(left)} = ${side}.${quoted(right)}`);
  }
  await loading.database.run(
    `CREATE TABLE ${JOINED_ROWS} AS SELECT ${[`${INPUT_ROWS}.*`, ...added].join(', ')} FROM ${INPUT_ROWS} ${sources.join(' ')} ORDER BY ${INPUT_ROWS}.rowid`,
  );
  await loading.database.run(`DROP TABLE ${INPUT_ROWS}; ALTER TABLE ${JOINED_ROWS} RENAME TO ${INPUT_ROWS}`);
  for (const i of joins.keys()) await loading.database.run(`DROP TABLE IF EXISTS ${sideTable(i)}`);
  return resolved;
}

/** The key is read whether it is among the columns or not. */
function withKey(join: Join, key: string): TableOptions {
  const { columns } = join;
  const listed = columns === undefined || columns.some((item) => item === '*' || itemName(item) === key);
  return listed ? join : { ...join, columns: [...columns, key] };
}

async function refuseTwice(loading: Loading, side: string, key: string, locate: Locate): Promise<void> {
  const [twin] = await loading.database.rows(
    `SELECT ${quoted(key)}, min(rowid), max(rowid) FROM ${side} WHERE ${quoted(key)} IS NOT NULL
     GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 LIMIT 1`,
  );
  if (!twin) return;
  const [first, last] = [await locate(Number(twin[1])), await locate(Number(twin[2]))];
  throw new MdctrError('MDCTR_DATA_JOIN', {
    what: `The key ${JSON.stringify(twin[0])} ("${key}") is there twice in a side table.`,
    at: last,
    expected: 'one row for each key',
    found: `first in ${first.file}${first.line === undefined ? '' : `:${first.line}`}`,
    hint: 'Keep one row for each key in the side table.',
  });
}

async function requireMatch(
  loading: Loading,
  side: string,
  { left, right }: { left: string; right: string },
  { files }: Join,
): Promise<void> {
  const match = `SELECT 1 FROM ${INPUT_ROWS} WHERE ${quoted(left)} IN (SELECT ${quoted(right)} FROM ${side}) LIMIT 1`;
  if ((await loading.database.rows(match)).length > 0) return;
  const sample = async (table: string, column: string): Promise<string> => {
    const rows = await loading.database.rows(
      `SELECT ${quoted(column)} FROM ${table} WHERE ${quoted(column)} IS NOT NULL LIMIT 1`,
    );
    return JSON.stringify(rows[0]?.[0] ?? '');
  };
  throw new MdctrError('MDCTR_DATA_JOIN', {
    what: `No row finds its key in ${files.join(', ')}.`,
    expected: `values of "${left}" that are among those of "${right}", as text`,
    found: `e.g. ${await sample(INPUT_ROWS, left)} in the data, ${await sample(side, right)} in the side table`,
    hint: 'Check the key; 7 and 7.0 or 007 are different texts.',
  });
}

function takenName(name: string, join: number): MdctrError {
  return new MdctrError('MDCTR_DATA_JOIN', {
    what: `A join adds a column "${name}", but there is one already.`,
    path: `data.source.joins[${join}]`,
    hint: 'Give the join a `prefix`, or list the `columns` to add.',
  });
}
