import type { DataFacts } from '../results/data.js';

/**
 * Test rows over training rows, the mean over folds; undefined where the rows are split once. What Nadeau and Bengio
 * (2003, section 4) widen the variance of a mean over splits by: trainings that share rows vary together.
 */
export function overlapOf({ folds }: Pick<DataFacts, 'folds'>): number | undefined {
  if (!folds) return undefined;
  return folds.reduce((sum, { evaluationRows, trainRows }) => sum + evaluationRows / trainRows / folds.length, 0);
}
