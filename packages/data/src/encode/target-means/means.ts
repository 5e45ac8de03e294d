import type { Loading } from '../../database/loading.js';
import {
  distinctTargetMeans,
  targetNumbers,
  targetOccurrences,
  targetPriors,
  targetTotals,
} from '../../database/tables.js';
import type { TargetMeanEncoding } from '../../options/field-spec.js';
import { columnsOf, levelsOf } from './totals.js';

/**
 * Makes the mean of every row, and the distinct ones, from occurrences, totals and priors; drops those.
 *
 * A mean is (s + m p) / (n + m) for the n rows of all parts' values, s of them with label 1, and the smoothing m. Its prior p is
 * the mean of all training rows; with several parts it is the mean of the parts' own smoothed means. For a training row
 * all of it is of the rows of other folds, or of earlier times; for others, of all training rows. A list has the mean
 * over its elements.
 */
export async function createMeans(
  { database }: Loading,
  column: string,
  parts: number,
  encoding: TargetMeanEncoding,
): Promise<void> {
  const levels = levelsOf(parts);
  const { time, smoothing } = encoding;
  const before = time === undefined ? [] : [`SELECT * FROM (${earlierRows(column, levels)})`];
  const others = time === undefined ? '' : 'WHERE o.split <> 0';
  const evidence = [...before, `SELECT * FROM (${otherFolds(column, levels, others)})`].join(' UNION ALL ');
  await database.run(
    `CREATE TABLE ${targetNumbers(column)} AS
     SELECT row, any_value(split) AS split, list_avg(list(mean ORDER BY place)) AS mean, list_avg(list(n ORDER BY place)) AS n FROM (
       SELECT row, place, split, n0 AS n, ${meanOf('n0', 's0', priorOf(levels.length - 1, smoothing), smoothing)} AS mean FROM (${evidence})
     ) GROUP BY row`,
  );
  await database.run(
    `CREATE TABLE ${distinctTargetMeans(column)} AS
     SELECT row_number() OVER (ORDER BY mean, n)::INTEGER AS id, mean, n, rows FROM (
       SELECT mean, n, count(*) FILTER (split = 0) AS rows FROM ${targetNumbers(column)} GROUP BY mean, n)`,
  );
  const used = [
    targetOccurrences(column),
    targetPriors(column),
    ...levels.map((_, level) => targetTotals(column, level)),
  ];
  for (const table of used) await database.run(`DROP TABLE ${table}`);
}

const meanOf = (n: string, s: string, prior: string, smoothing: number): string =>
  `CASE WHEN ${n} + ${smoothing} = 0 THEN ${prior} ELSE (${s} + ${smoothing} * ${prior}) / (${n} + ${smoothing}) END`;

function priorOf(parts: number, smoothing: number): string {
  if (parts === 0) return 'prior';
  const means = Array.from({ length: parts }, (_, i) => meanOf(`n${i + 1}`, `s${i + 1}`, 'prior', smoothing));
  return `((${means.join(' + ')}) / ${parts})`;
}

/** The evidence of each occurrence: the totals without those of its own fold. */
function otherFolds(column: string, levels: readonly number[][], where: string): string {
  const occurrences = targetOccurrences(column);
  const joins = levels.map((level, i) => {
    const same = (alias: string): string =>
      level.map((part) => `${alias}.p${part} IS NOT DISTINCT FROM o.p${part}`).join(' AND ');
    return `LEFT JOIN ${targetTotals(column, i)} t${i} ON ${same(`t${i}`)}
      LEFT JOIN (SELECT fold, ${columnsOf(level)}, count(*)::DOUBLE AS n, sum(label)::DOUBLE AS s FROM ${occurrences}
        WHERE split = 0 GROUP BY fold, ${columnsOf(level)}) c${i} ON c${i}.fold = o.fold AND ${same(`c${i}`)}`;
  });
  const counts = levels.flatMap((_, i) =>
    ['n', 's'].map((x) => `coalesce(t${i}.${x}, 0) - coalesce(c${i}.${x}, 0) AS ${x}${i}`),
  );
  return `SELECT o.row, o.place, o.split, p.prior, ${counts.join(', ')} FROM ${occurrences} o
    JOIN ${targetPriors(column)} p ON p.fold = o.fold ${joins.join(' ')} ${where}`;
}

/** That of the training rows: the totals of what was earlier. */
function earlierRows(column: string, levels: readonly number[][]): string {
  const counts = levels.flatMap((level, i) => {
    const partition = `PARTITION BY ${columnsOf(level, 'o.')}`;
    const earlier = (what: string): string =>
      `(${what} OVER (${partition} ORDER BY o.time RANGE UNBOUNDED PRECEDING) - ${what} OVER (${partition}, o.time))::DOUBLE`;
    return [`${earlier('count(*)')} AS n${i}`, `${earlier('sum(o.label)')} AS s${i}`];
  });
  return `SELECT o.row, o.place, o.split, p.prior, ${counts.join(', ')} FROM ${targetOccurrences(column)} o
    JOIN ${targetPriors(column)} p ON p.fold = -1 WHERE o.split = 0`;
}
