import { firstOf } from '@mdctr/base';
import { columnFacts } from '../columns/column-facts.js';
import { columnNames } from '../columns/column-names.js';
import { guessKind } from '../columns/guess-kind.js';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { INPUT_ROWS, SAMPLED_ROWS } from '../database/tables.js';

/** About so many rows, spread evenly, are looked at. */
const SAMPLE = 10_000;

/**
 * A warning where rows are split at random although a column that was read, field or not, says when they were logged:
 * judged by a sample of its values, as `mdctr data describe` judges them. Of several such columns that of a time of day
 * and the most values is named.
 * @param label the outcome's column, which is no time.
 */
export async function randomSplitWarning(loading: Loading, label: string): Promise<string[]> {
  const names = (await columnNames(loading)).filter((name) => name !== label && !name.startsWith('mdctr_'));
  const rows = await loading.database.number(`SELECT count(*) FROM ${INPUT_ROWS}`);
  const every = Math.max(1, Math.ceil(rows / SAMPLE));
  await loading.database.run(`CREATE TABLE ${SAMPLED_ROWS} AS SELECT * FROM ${INPUT_ROWS} WHERE rowid % ${every} = 0`);
  const sampled = await loading.database.number(`SELECT count(*) FROM ${SAMPLED_ROWS}`);
  const found = [];
  for (const name of await candidates(loading, names)) {
    const facts = await columnFacts(loading, name, sampled, SAMPLED_ROWS);
    const { kind, reason } = guessKind(facts);
    if (kind === 'timestamp' || kind === 'date') found.push({ name, reason, kind, distinct: facts.distinct });
  }
  await loading.database.run(`DROP TABLE ${SAMPLED_ROWS}`);
  const [time] = found.sort((a, b) => b.kind.localeCompare(a.kind) || b.distinct - a.distinct);
  if (!time) return [];
  return [
    `Rows are split at random, though the column "${time.name}" looks like a time (${time.reason}): a random split lets the model see the future. Split by time instead: data.split {"by": "time", "column": "${time.name}"}.`,
  ];
}

/**
 * Columns nearly all of whose values could be a date, a timestamp or a time since 1970: one pass over the sample for
 * all.
 */
async function candidates(loading: Loading, names: readonly string[]): Promise<string[]> {
  const shares = names.map((name) => {
    const value = quoted(name);
    const like = `regexp_matches(${value}, '^\\d{4}-?\\d\\d-?\\d\\d') OR TRY_CAST(${value} AS DOUBLE) >= 1e9`;
    return `count(*) FILTER (${like}) > 0.9 * count(${value}) AND count(${value}) > 0`;
  });
  if (shares.length === 0) return [];
  const likely = firstOf(await loading.database.rows(`SELECT ${shares.join(', ')} FROM ${SAMPLED_ROWS}`));
  return names.filter((_, i) => likely[i]);
}
