import { Loading } from '../database/loading.js';
import { literal, quoted } from '../database/sql.js';
import { INPUT_ROWS } from '../database/tables.js';
import { timeExpression } from '../rows/split-rows.js';
import type { DescribedColumn } from './propose.js';

/** Remarks on date columns that run with the time of the rows: each of their values has a time of its own. */
export async function findDates(loading: Loading, columns: readonly DescribedColumn[], time: string): Promise<void> {
  for (const column of columns.filter(({ kind }) => kind === 'date')) {
    const name = quoted(column.name);
    const [spans] = await loading.database.rows(
      `WITH timed AS (SELECT ${name} AS value, ${timeExpression(quoted(time))} AS time FROM ${INPUT_ROWS}),
       spans AS (SELECT max(time) - min(time) AS span FROM timed WHERE value IS NOT NULL GROUP BY value)
       SELECT sum(span) / (SELECT max(time) - min(time) FROM timed) FROM spans`,
    );
    if (Number(spans?.[0]) <= 1.05) column.reasons.push(`runs with ${literal(time)}`);
  }
}
