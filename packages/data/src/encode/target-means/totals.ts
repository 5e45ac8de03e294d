import type { Loading } from '../../database/loading.js';
import { targetOccurrences, targetPriors, targetTotals } from '../../database/tables.js';

/** Training rows by the values of some parts, a list a part, in ascending order. */
export interface TargetTotals {
  /** [parts][values]; null stands for no value. */
  readonly values: readonly (readonly (string | null)[])[];
  /** [values] training rows, or occurrences in lists. */
  readonly rows: readonly number[];
  /** [values] those of them with label 1. */
  readonly positives: readonly number[];
}

/** What the training rows say of a target mean: enough for the means of further rows. */
export interface TargetMeans {
  /** Mean label of the training rows. */
  readonly prior: number;
  /** Of all parts together; then, where there are several, of each part alone. */
  readonly levels: readonly TargetTotals[];
}

/** The parts of each level: all of them, then, where there are several, each alone. */
export const levelsOf = (parts: number): number[][] => {
  const all = Array.from({ length: parts }, (_, part) => part);
  return parts === 1 ? [all] : [all, ...all.map((part) => [part])];
};

/** `p0, p2` */
export const columnsOf = (level: readonly number[], alias = ''): string =>
  level.map((part) => `${alias}p${part}`).join(', ');

/** Makes the totals and priors of a target mean from its occurrences among the training rows. */
export async function learnTotals(
  { database }: Loading,
  column: string,
  parts: number,
  rows: string,
): Promise<TargetMeans> {
  const occurrences = targetOccurrences(column);
  for (const [level, of] of levelsOf(parts).entries()) {
    await database.run(
      `CREATE TABLE ${targetTotals(column, level)} AS SELECT ${columnsOf(of)}, count(*)::DOUBLE AS n, sum(label)::DOUBLE AS s
       FROM ${occurrences} WHERE split = 0 GROUP BY ${columnsOf(of)}`,
    );
  }
  const overall = `(SELECT count(*)::DOUBLE AS n, sum(label)::DOUBLE AS s FROM ${rows} WHERE split = 0)`;
  const inFolds = `(SELECT o.fold, count(*)::DOUBLE AS n, sum(o.label)::DOUBLE AS s
    FROM (SELECT DISTINCT row, fold, label FROM ${occurrences} WHERE split = 0) o GROUP BY o.fold)`;
  await database.run(
    `CREATE TABLE ${targetPriors(column)} AS SELECT -1 AS fold, a.s / a.n AS prior FROM ${overall} a
     UNION ALL SELECT f.fold, CASE WHEN a.n > f.n THEN (a.s - f.s) / (a.n - f.n) ELSE a.s / a.n END FROM ${overall} a, ${inFolds} f`,
  );
  return readTotals({ database } as Loading, column, parts);
}

/** Makes them from what was learned before. */
export async function restoreTotals(
  { database }: Loading,
  column: string,
  parts: number,
  { prior, levels }: TargetMeans,
): Promise<void> {
  for (const [level, of] of levelsOf(parts).entries()) {
    const { values, rows, positives } = levels[level]!;
    const table = targetTotals(column, level);
    const text = `${table}_text`;
    const lines = rows.map((n, i) => [...values.map((column) => column[i]!), String(n), String(positives[i]!)]);
    await database.textTable(text, [...of.map((part) => `p${part}`), 'n', 's'], lines);
    await database.run(
      `CREATE TABLE ${table} AS SELECT ${columnsOf(of)}, n::DOUBLE AS n, s::DOUBLE AS s FROM ${text}; DROP TABLE ${text}`,
    );
  }
  await database.run(`CREATE TABLE ${targetPriors(column)} AS SELECT -1 AS fold, ${prior}::DOUBLE AS prior`);
}

async function readTotals({ database }: Loading, column: string, parts: number): Promise<TargetMeans> {
  const levels: TargetTotals[] = [];
  for (const [level, of] of levelsOf(parts).entries()) {
    const columnOf = async <T>(expression: string): Promise<T[]> => {
      const found: T[] = [];
      await database.column<T>(
        `SELECT ${expression} FROM ${targetTotals(column, level)} ORDER BY ${of.map((part) => `p${part} NULLS FIRST`).join(', ')}`,
        (value) => found.push(value),
      );
      return found;
    };
    const values: (string | null)[][] = [];
    for (const part of of) values.push(await columnOf<string | null>(`p${part}`));
    levels.push({ values, rows: await columnOf('n'), positives: await columnOf('s') });
  }
  const prior = await database.number(`SELECT prior FROM ${targetPriors(column)} WHERE fold = -1`);
  return { prior, levels };
}
