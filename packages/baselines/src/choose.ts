import { evaluateScores, findMetric, METRICS, scoreBy } from '@mdctr/metrics';
import type { LabelledData, SplitScores } from './baseline.js';

/** One set of options as it came out. */
export interface Tried {
  readonly scores: SplitScores;
  readonly chosen: Readonly<Record<string, unknown>>;
}

/**
 * The set of options that is best on the validation rows by a metric; the first where it is undefined, where there are no such rows,
 * and among equals.
 */
export function bestOf(tried: readonly [Tried, ...Tried[]], data: LabelledData, selectBy: string): Tried {
  let [best, bestScore] = [tried[0], -Infinity];
  if (tried.length === 1) return best;
  for (const one of tried) {
    const score = validationScore(one.scores.validation, data, selectBy) ?? -Infinity;
    if (score > bestScore) [best, bestScore] = [one, score];
  }
  return best;
}

/** A metric of the validation rows, larger is better; undefined where it is not defined. */
export function validationScore(scores: Float32Array, data: LabelledData, selectBy: string): number | undefined {
  const { splits, labels, domains, groups, schema } = data;
  const rows = splits.validation;
  if (rows.length === 0) return undefined;
  const metric = findMetric(selectBy) ?? METRICS[0];
  const rowsOf = { scores, domainLabels: schema.domains };
  const evaluation = evaluateScores(
    {
      ...rowsOf,
      labels: Float32Array.from(rows, (row) => labels[row]!),
      domains: Int32Array.from(rows, (row) => domains[row]!),
      groups: groups && Int32Array.from(rows, (row) => groups[row]!),
    },
    [metric],
  );
  return scoreBy(evaluation.metrics, metric.name);
}
