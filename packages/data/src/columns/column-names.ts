import type { Loading } from '../database/loading.js';
import { literal } from '../database/sql.js';
import { INPUT_ROWS } from '../database/tables.js';

/** Names of a table's columns, in order. */
export async function columnNames(loading: Loading, table = INPUT_ROWS): Promise<string[]> {
  const rows = await loading.database.rows(
    `SELECT column_name FROM duckdb_columns() WHERE table_name = ${literal(table)} ORDER BY column_index`,
  );
  return rows.map(([name]) => String(name));
}
