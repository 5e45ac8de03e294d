import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { COUNTED_VALUES, INPUT_ROWS } from '../database/tables.js';

/** What the cells of a column say, before any guess. Shares are of the cells that have a value. */
export interface ColumnFacts {
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  readonly distinct: number;
  /** Rows of the most frequent value. */
  readonly top: number;
  /** Up to three values, the most frequent first. */
  readonly examples: readonly string[];
  readonly numbers: number;
  readonly integers: number;
  readonly least: number;
  readonly most: number;
  /** Share that is a date with a time of day; share that is a date alone, also like 20220425. */
  readonly timestamps: number;
  readonly dates: number;
  /** Separator that the most values hold, and their share; values like `[1|5)` are intervals and do not count. */
  readonly separator: string;
  readonly separated: number;
  /** Where distinct values are split by `separator`: distinct parts, all parts, and the parts of the longest value. */
  readonly parts: number;
  readonly allParts: number;
  readonly longest: number;
}

const SEPARATORS = ['|', ';', ','];

/** Facts of one column of `INPUT_ROWS`, or of another table of as many `rows`. */
export async function columnFacts(
  loading: Loading,
  name: string,
  rows: number,
  table = INPUT_ROWS,
): Promise<ColumnFacts> {
  const column = quoted(name);
  // Everything is asked of the distinct values, weighted by their rows.
  await loading.database.run(
    `CREATE OR REPLACE TEMP TABLE ${COUNTED_VALUES} AS SELECT value, n, TRY_CAST(value AS DOUBLE) AS number,
       NOT regexp_matches(value, '^[\[\(].*[\]\)]$') AS plain
     FROM (SELECT ${column} AS value, count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1)`,
  );
  const share = (condition: string): string => `coalesce(sum(n) FILTER (${condition}), 0)`;
  const [facts] = await loading.database.rows(
    `SELECT coalesce(sum(n), 0), count(*), coalesce(max(n), 0), ${share('isfinite(number)')},
       ${share('number = floor(number)')}, coalesce(min(number), 0), coalesce(max(number), 0),
       ${share(`regexp_matches(value, '^\\d{4}-\\d\\d-\\d\\d[ T]\\d') AND TRY_CAST(value AS TIMESTAMPTZ) IS NOT NULL`)},
       ${share(`(length(value) = 10 AND TRY_CAST(value AS DATE) IS NOT NULL) OR TRY_CAST(TRY_STRPTIME(value, '%Y%m%d') AS DATE) BETWEEN DATE '1990-01-01' AND DATE '2100-01-01'`)},
       ${SEPARATORS.map((separator) => share(`plain AND contains(value, '${separator}')`)).join(', ')} FROM ${COUNTED_VALUES}`,
  );
  const [present, distinct, top, numbers, integers, least, most, timestamps, dates, ...separated] = facts!.map(
    Number,
  ) as [number, ...number[]];
  const strongest = Math.max(...separated);
  const separator = SEPARATORS[separated.indexOf(strongest)]!;
  const [lists] = strongest === 0 ? [[0, 0, 0]] : await loading.database.rows(partsOf(separator));
  const [parts, allParts, longest] = lists!.map(Number);
  const examples = await loading.database.rows(`SELECT value FROM ${COUNTED_VALUES} ORDER BY n DESC, value LIMIT 3`);
  const of = (count: number): number => count / Math.max(1, present);
  return {
    name,
    rows,
    missing: rows - present,
    distinct: distinct!,
    top: top!,
    examples: examples.map(([value]) => String(value)),
    numbers: of(numbers!),
    integers: of(integers!),
    least: least!,
    most: most!,
    timestamps: of(timestamps!),
    dates: of(dates!),
    separator,
    separated: of(strongest),
    parts: parts!,
    allParts: allParts!,
    longest: longest!,
  };
}

const partsOf = (separator: string): string =>
  `WITH lists AS (SELECT list_filter(string_split(value, '${separator}'), lambda part: part <> '') AS list FROM ${COUNTED_VALUES})
   SELECT count(DISTINCT part), count(part), (SELECT max(len(list)) FROM lists) FROM (SELECT unnest(list) AS part FROM lists)`;
