import type { Registry } from '@mdctr/core';
import { openBatches, type EncodedData } from '@mdctr/data';
import { EVALUATION_BATCH } from '@mdctr/training';
import { matchBudget } from './match-budget.js';
import { measureModel } from './measure-model.js';
import type { BudgetAnswer, BudgetTask } from './plan-budgets.js';

/**
 * Measures the model that gives the budget, and scales the other one to it. Operations are counted on the first training rows,
 * as those in results are.
 */
export async function answerBudget(
  { candidate, reference, options: { same, tolerance } }: BudgetTask,
  registry: Registry,
  data: EncodedData,
): Promise<BudgetAnswer> {
  const source = openBatches(data, { prefetch: false });
  try {
    for await (const sample of source.batches('train', { batchSize: EVALUATION_BATCH })) {
      const measured = { registry, schema: data.schema, sample };
      const target = measureModel({ ...measured, ...reference })[same];
      return { target, match: matchBudget({ ...measured, ...candidate, by: same, target, tolerance }) };
    }
  } finally {
    await source.close();
  }
  throw new RangeError('There are no training rows.');
}
