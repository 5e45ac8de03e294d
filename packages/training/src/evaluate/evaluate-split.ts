import type { AssembledModel, BatchSource, Predict, SplitName, Variant } from '@mdctr/core';
import { evaluateScores, type Evaluation } from '@mdctr/metrics';
import type { LossSettings } from '../loss/loss.js';
import { lossContext } from '../loop/step.js';

/** Metrics of a split; with `variants`, those of further ways to predict with the same weights, by name. */
export interface SplitEvaluation extends Evaluation {
  readonly variants?: Readonly<Record<string, Evaluation>>;
}

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
  /** Milliseconds that it took, the making of the batches included. */
  readonly ms: number;
}

/** Rows of a batch when no gradients are taken. Larger ones are no faster: their activations leave the processor's caches. */
export const EVALUATION_BATCH = 4096;

/**
 * Click probabilities of every row of a split, in evaluation mode, through the plugins' `evaluate` hooks, and by a
 * variant where one is given.
 */
export async function predictSplit(
  assembled: AssembledModel,
  source: BatchSource,
  split: SplitName,
  variant?: Variant,
): Promise<SplitScores> {
  const rows = source.rows(split);
  const began = performance.now();
  const result = {
    order: new Int32Array(rows),
    scores: new Float32Array(rows),
    domains: new Int32Array(rows),
    labels: new Float32Array(rows),
  };
  const predictModel: Predict = assembled.wrapPredict((batch) => assembled.model.predict(batch));
  const predict = variant ? variant.predict(predictModel) : predictModel;
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
  return { ...result, ms: performance.now() - began };
}

/** Gets the scores that metrics are of; `variant` is undefined for the model's own predictions. */
export type OnScores = (scores: SplitScores, variant: string | undefined) => void;

/**
 * Metrics of a split, those of the plugins' variants included; null where it has no rows. `settings` are those of the
 * training loss, which variants adapt by.
 */
export async function evaluateSplit(
  assembled: AssembledModel,
  source: BatchSource,
  split: SplitName,
  settings: LossSettings = {},
  onScores?: OnScores,
): Promise<SplitEvaluation | null> {
  if (source.rows(split) === 0) return null;
  const measure = async (variant?: Variant): Promise<Evaluation> => {
    const predicted = await predictSplit(assembled, source, split, variant);
    onScores?.(predicted, variant?.name);
    const { order, scores, labels, domains } = predicted;
    const all = source.groups;
    const groups = all && order.map((row) => all[row]!);
    return evaluateScores({ scores, labels, domains, groups, domainLabels: source.schema.domains });
  };
  if (assembled.variants.length === 0) return measure();
  const variants: Record<string, Evaluation> = {};
  const { negativeSampling: rate = 1 } = settings;
  const negatives = rate < 1 ? { rate, seed: 0, epoch: 0 } : undefined;
  for (const variant of assembled.variants) {
    await variant.prepare({
      ...lossContext(assembled.model, settings),
      trainingRows: (options) => source.batches('train', { ...options, ...(negatives && { negatives }) }),
    });
    variants[variant.name] = await measure(variant);
  }
  assembled.diagnostics(); // those of the model's own predictions are what users see
  return { ...(await measure()), variants };
}
