import { columnNames } from '../columns/column-names.js';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { INPUT_ROWS, ROW_ATTRIBUTES, ROW_HASHES } from '../database/tables.js';

const SPLITS = [
  [1, 'validation'],
  [2, 'test'],
] as const;
/** From this share on, copies are warned about. */
const SUSPICIOUS_SHARE = 0.05;
/**
 * Where training has each of its rows more often than this, on average, columns have so few values that rows must meet:
 * nothing is said.
 */
const OFTEN = 3;
/** At most about so many rows of a split are looked for, spread evenly. */
const SAMPLE = 20_000;

/**
 * A warning for each of validation and test that has many rows which training has too: the same in every column that
 * was read, label and columns that are no fields included, so that rows which merely look alike to a model do not
 * count.
 * @param fileColumn the column of a row's file, which copies do not share.
 */
export async function copiesWarnings(loading: Loading, fileColumn?: string): Promise<string[]> {
  const columns = (await columnNames(loading)).filter((name) => name !== fileColumn && !name.startsWith('mdctr_'));
  // 64-bit hashes, one a row: of n training rows a row of another split meets one by chance with a probability of n / 2^64.
  await loading.database.run(
    `CREATE TABLE ${ROW_HASHES} AS SELECT hash(${columns.map(quoted).join(', ')}) AS h FROM ${INPUT_ROWS}`,
  );
  const copies = await loading.database.number(
    `SELECT count(*) / approx_count_distinct(h) FROM ${ROW_HASHES} POSITIONAL JOIN ${ROW_ATTRIBUTES} WHERE mdctr_split = 0`,
  );
  const splits = copies > OFTEN ? [] : SPLITS;
  const warnings: string[] = [];
  for (const [split, name] of splits) {
    const share = await shareOfCopies(loading, split);
    if (share <= SUSPICIOUS_SHARE) continue;
    const percent = (100 * share).toFixed(share < 0.1 ? 1 : 0);
    warnings.push(
      `${percent}% of the ${name} rows are training rows as well, the same in every column: a model may know them by heart. Are rows logged twice, or copied from file to file?`,
    );
  }
  await loading.database.run(`DROP TABLE ${ROW_HASHES}`);
  return warnings;
}

/** Share of a split's rows whose hash is that of a training row; 0 without rows. */
async function shareOfCopies(loading: Loading, split: number): Promise<number> {
  const rows = await loading.database.number(`SELECT count(*) FROM ${ROW_ATTRIBUTES} WHERE mdctr_split = ${split}`);
  const every = Math.max(1, Math.ceil(rows / SAMPLE));
  return await loading.database.number(
    `WITH marked AS (SELECT h, mdctr_split, mdctr_position FROM ${ROW_HASHES} POSITIONAL JOIN ${ROW_ATTRIBUTES}),
     split_rows AS (SELECT h, row_number() OVER (ORDER BY mdctr_position) AS n FROM marked WHERE mdctr_split = ${split})
     SELECT avg((h IN (SELECT h FROM marked WHERE mdctr_split = 0))::INTEGER) FROM split_rows WHERE n % ${every} = 0`,
  );
}
