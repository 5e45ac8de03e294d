import { MdctrError } from '@mdctr/core';
import { quoted, type Database } from '../database/database.js';
import type { TableOptions } from '../formats/formats.js';
import { expandPatterns, RAW, rawColumns, readFiles, type Locate } from './read-files.js';
import { requireColumn } from '../columns/require-column.js';
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
 * joins with their columns named. `toScore`: no row needs a match, and a join whose columns are there is left out.
 * @throws MdctrError MDCTR_DATA_JOIN for a key that is there twice, a column that is there already, or no match at all.
 */
export async function joinTables(database: Database, joins: readonly Join[], toScore: boolean): Promise<Join[]> {
  if (joins.length === 0) return [];
  const taken = await rawColumns(database);
  const added: string[] = [];
  const sources: string[] = [];
  const resolved: Join[] = [];
  for (const [i, join] of joins.entries()) {
    const side = `side${i}`;
    const { left, right } = typeof join.key === 'string' ? { left: join.key, right: join.key } : join.key;
    const named = join.columns?.map(itemName).filter((name) => name !== right);
    if (toScore && named?.every((name) => taken.includes(join.prefix + name))) continue;
    const { locate } = await readFiles(
      database,
      side,
      await expandPatterns(database, join.files, withKey(join, right)),
    );
    const columns = await rawColumns(database, side);
    requireColumn(left, await rawColumns(database), 'key of a join');
    requireColumn(right, columns, `key of a join, in ${join.files.join(', ')}`);
    await refuseTwice(database, side, right, locate);
    if (!toScore) await requireMatch(database, side, { left, right }, join);
    const chosen = itemNames(join.columns ?? ['*'], columns).filter((column) => column !== right);
    const rest = chosen.filter((name) => !named?.includes(name));
    resolved.push({ ...join, columns: (join.columns ?? ['*']).flatMap((item) => (item === '*' ? rest : [item])) });
    for (const name of chosen) {
      const as = join.prefix + name;
      if (taken.some((column) => column.toLowerCase() === as.toLowerCase())) throw takenName(as, i);
      taken.push(as);
      added.push(`${side}.${quoted(name)} AS ${quoted(as)}`);
    }
    sources.push(`LEFT JOIN ${side} ON ${RAW}.${quoted(left)} = ${side}.${quoted(right)}`);
  }
  await database.run(
    `CREATE TABLE joined AS SELECT ${[`${RAW}.*`, ...added].join(', ')} FROM ${RAW} ${sources.join(' ')} ORDER BY ${RAW}.rowid`,
  );
  await database.run(`DROP TABLE ${RAW}; ALTER TABLE joined RENAME TO ${RAW}`);
  for (const i of joins.keys()) await database.run(`DROP TABLE IF EXISTS side${i}`);
  return resolved;
}

/** The key is read whether it is among the columns or not. */
function withKey(join: Join, key: string): TableOptions {
  const { columns } = join;
  const listed = columns === undefined || columns.some((item) => item === '*' || itemName(item) === key);
  return listed ? join : { ...join, columns: [...columns, key] };
}

async function refuseTwice(database: Database, side: string, key: string, locate: Locate): Promise<void> {
  const [twin] = await database.rows(
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
  database: Database,
  side: string,
  { left, right }: { left: string; right: string },
  { files }: Join,
): Promise<void> {
  const match = `SELECT 1 FROM ${RAW} WHERE ${quoted(left)} IN (SELECT ${quoted(right)} FROM ${side}) LIMIT 1`;
  if ((await database.rows(match)).length > 0) return;
  const sample = async (table: string, column: string): Promise<string> => {
    const rows = await database.rows(
      `SELECT ${quoted(column)} FROM ${table} WHERE ${quoted(column)} IS NOT NULL LIMIT 1`,
    );
    return JSON.stringify(rows[0]?.[0] ?? '');
  };
  throw new MdctrError('MDCTR_DATA_JOIN', {
    what: `No row finds its key in ${files.join(', ')}.`,
    expected: `values of "${left}" that are among those of "${right}", as text`,
    found: `e.g. ${await sample(RAW, left)} in the data, ${await sample(side, right)} in the side table`,
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
