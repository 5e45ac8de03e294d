import type { BatchSource, SplitName, TrialModel } from '@mdctr/core';
import { evaluateScores, type Metrics } from './metrics/evaluate.js';

/** Scores of a split, in the order the batches came. */
export interface SplitScores {
  /** [N] row numbers in the data set. */
  readonly order: Int32Array;
  /** [N] click probabilities. */
  readonly scores: Float32Array;
  /** [N] domain ids. */
  readonly domains: Int32Array;
  /** [N] labels; zeros where the data have none. */
  readonly labels: Float32Array;
}

/** Rows of a batch when no gradients are taken. */
export const EVALUATION_BATCH = 8192;

/** Click probabilities of every row of a split, in evaluation mode, through the plugins' `evaluate` hooks. */
export async function predictSplit(trial: TrialModel, source: BatchSource, split: SplitName): Promise<SplitScores> {
  const rows = source.rows(split);
  const result = {
    order: new Int32Array(rows),
    scores: new Float32Array(rows),
    domains: new Int32Array(rows),
    labels: new Float32Array(rows),
  };
  const predict = trial.wrapPredict((batch) => trial.model.predict(batch));
  let done = 0;
  for await (const batch of source.batches(split, { batchSize: EVALUATION_BATCH })) {
    result.scores.set(predict(batch), done);
    result.order.set(batch.order, done);
    if (batch.labels) result.labels.set(batch.labels, done);
    batch.domainIds.forEach((domain, g) => {
      result.domains.fill(domain, done + batch.domainStarts[g]!, done + batch.domainStarts[g + 1]!);
    });
    done += batch.rows;
  }
  return result;
}

/** Metrics of a split; null where it has no rows. */
export async function evaluateSplit(trial: TrialModel, source: BatchSource, split: SplitName): Promise<Metrics | null> {
  if (source.rows(split) === 0) return null;
  const { scores, labels, domains } = await predictSplit(trial, source, split);
  return evaluateScores({ scores, labels, domains, domainLabels: source.schema.domains });
}
