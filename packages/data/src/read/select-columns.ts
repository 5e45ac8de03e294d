import { MdctrError } from '@mdctr/base';
import { requireColumn } from '../columns/require-column.js';
import { databaseError } from '../database/database-error.js';
import type { Loading } from '../database/loading.js';
import { literal, quoted } from '../database/sql.js';
import type { Readable } from '../formats/file-format.js';
import type { ColumnItem } from '../options/file-source-options.js';

/** What an expression calls the file that it is computed on: its path, with `/` between folders. */
export const FILE_COLUMN = 'mdctr_file';

export const itemName = (item: ColumnItem): string => (typeof item === 'string' ? item : item.name);

/** The names of a list of columns, `*` replaced by those of the file. */
export function itemNames(items: readonly ColumnItem[], all: readonly string[]): string[] {
  return [...new Set(items.flatMap((item) => (item === '*' ? all : [itemName(item)])))];
}

/**
 * The file with these columns alone, some of them computed. In scoring, what cannot be computed is taken as it is where
 * the file has a column of that name, and left out where it has none.
 * @throws MdctrError MDCTR_DATA_COLUMN, MDCTR_DATA_EXPRESSION.
 */
export async function selectColumns(
  loading: Loading,
  readable: Readable,
  path: string,
  items: readonly ColumnItem[],
): Promise<Readable> {
  const scoring = loading.mode === 'scoring';
  const source = `(SELECT *, ${literal(path.replaceAll('\\', '/'))} AS ${FILE_COLUMN} FROM (${readable.select}))`;
  // All at once; one by one only to find what fails.
  let chosen = collect(readable.columns, path, items, scoring);
  if ((await tried(loading, [...chosen.values()], source)) !== undefined) {
    chosen = new Map();
    for (const item of items) {
      for (const [name, sql] of collect(readable.columns, path, [item], scoring)) {
        if (chosen.has(name) && item === '*') continue;
        const failure = await tried(loading, [...chosen.values(), sql], source);
        if (failure === undefined) chosen.set(name, sql);
        else if (!scoring) throw expressionError(name, path, failure);
        else if (readable.columns.includes(name)) chosen.set(name, quoted(name));
      }
    }
  }
  refuseEqualColumns(chosen);
  return {
    ...readable,
    columns: [...chosen.keys()],
    select: `SELECT ${[...chosen.values()].join(', ')} FROM ${source}`,
    explain: async (cause) =>
      (cause as Error).message.startsWith('Conversion Error')
        ? expressionError(computed(items), path, cause)
        : readable.explain(cause),
  };
}

/** The select list of items, by name. A column that is not there is left out of rows to score. */
function collect(
  columns: readonly string[],
  path: string,
  items: readonly ColumnItem[],
  scoring: boolean,
): Map<string, string> {
  const list = new Map<string, string>();
  for (const item of items) {
    if (item === '*') {
      for (const name of columns) if (!list.has(name)) list.set(name, quoted(name));
    } else if (typeof item === 'string') {
      if (scoring && !columns.includes(item)) continue;
      requireColumn(item, columns, `named under columns, in ${path}`);
      list.set(item, quoted(item));
    } else list.set(item.name, `(${item.expression})::VARCHAR AS ${quoted(item.name)}`);
  }
  return list;
}

/** The error of a select list on no rows, if there is one. */
async function tried(loading: Loading, list: readonly string[], source: string): Promise<unknown> {
  try {
    await loading.database.run(`SELECT ${list.join(', ')} FROM ${source} LIMIT 0`);
    return undefined;
  } catch (error) {
    return error;
  }
}

const computed = (items: readonly ColumnItem[]): string =>
  items.flatMap((item) => (typeof item === 'string' ? [] : [item.name])).join('", "');

function expressionError(names: string, path: string, cause: unknown): MdctrError {
  return databaseError(
    'MDCTR_DATA_EXPRESSION',
    `The computed column "${names}" does not work on ${path}.`,
    'All columns of a file are text: CAST them first, or TRY_CAST where some are no numbers.',
    cause,
  );
}

function refuseEqualColumns(chosen: ReadonlyMap<string, string>): void {
  const seen = new Map<string, string>();
  for (const name of chosen.keys()) {
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined) {
      throw new MdctrError('MDCTR_DATA_COLUMN', {
        what: `Two columns to read have one name: "${twin}" and "${name}".`,
        expected: 'names that differ, also without regard to capitals',
        hint: 'Give the computed column another name.',
      });
    }
    seen.set(name.toLowerCase(), name);
  }
}
