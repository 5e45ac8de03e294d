import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { COUNTED_VALUES, INPUT_ROWS } from '../database/tables.js';

/** What lists are separated by; the first, where values hold none. */
const SEPARATORS = ['|', ';', ','] as const;
type Separator = (typeof SEPARATORS)[number];

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
  readonly separator: Separator;
  readonly separated: number;
  /** Where distinct values are split by `separator`: distinct parts, all parts, and the parts of the longest value. */
  readonly parts: number;
  readonly allParts: number;
  readonly longest: number;
}

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
  const { present, numbers, integers, timestamps, dates, ...counts } = await loading.database.aggregates(
    {
      present: 'coalesce(sum(n), 0)',
      distinct: 'count(*)',
      top: 'coalesce(max(n), 0)',
      least: 'coalesce(min(number), 0)',
      most: 'coalesce(max(number), 0)',
      numbers: share('isfinite(number)'),
      integers: share('number = floor(number)'),
      timestamps: share(
        `regexp_matches(value, '^\\d{4}-\\d\\d-\\d\\d[ T]\\d') AND TRY_CAST(value AS TIMESTAMPTZ) IS NOT NULL`,
      ),
      dates: share(
        `(length(value) = 10 AND TRY_CAST(value AS DATE) IS NOT NULL) OR TRY_CAST(TRY_STRPTIME(value, '%Y%m%d') AS DATE) BETWEEN DATE '1990-01-01' AND DATE '2100-01-01'`,
      ),
    },
    COUNTED_VALUES,
  );
  const shares = {
    numbers: numbers / Math.max(1, present),
    integers: integers / Math.max(1, present),
    timestamps: timestamps / Math.max(1, present),
    dates: dates / Math.max(1, present),
  };
  const examples = await loading.database.rows(`SELECT value FROM ${COUNTED_VALUES} ORDER BY n DESC, value LIMIT 3`);
  return {
    ...{ name, rows, missing: rows - present, ...counts, ...shares },
    examples: examples.map(([value]) => String(value)),
    ...(await separationOf(loading, present)),
  };
}

/** How the counted values are lists. */
async function separationOf(
  { database }: Loading,
  present: number,
): Promise<Pick<ColumnFacts, 'separator' | 'separated' | 'parts' | 'allParts' | 'longest'>> {
  const held = (separator: string): string => `coalesce(sum(n) FILTER (plain AND contains(value, '${separator}')), 0)`;
  const rows = await database.aggregates({ '|': held('|'), ';': held(';'), ',': held(',') }, COUNTED_VALUES);
  const [first, ...others] = SEPARATORS;
  const separator = others.reduce<Separator>((best, one) => (rows[one] > rows[best] ? one : best), first);
  const parts =
    rows[separator] === 0
      ? { parts: 0, allParts: 0, longest: 0 }
      : await database.aggregates(
          {
            parts: 'count(DISTINCT part)',
            allParts: 'count(part)',
            longest: `(SELECT max(len(parts)) FROM ${listsBy(separator)})`,
          },
          `(SELECT unnest(parts) AS part FROM ${listsBy(separator)})`,
        );
  return { separator, separated: rows[separator] / Math.max(1, present), ...parts };
}

/** The counted values, split. */
const listsBy = (separator: string): string =>
  `(SELECT list_filter(string_split(value, '${separator}'), lambda part: part <> '') AS parts FROM ${COUNTED_VALUES})`;
