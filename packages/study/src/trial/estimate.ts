import { assembleModel, type Registry } from '@mdctr/core';
import { openBatches, type EncodedData } from '@mdctr/data';
import { evaluateSplit, EVALUATION_BATCH, TrainingSteps } from '@mdctr/training';
import { reportedSplit } from '../plan/reported-split.js';
import type { SettingModel } from '../plan/types.js';
import { firstStepsFailure, hasDiverged } from './trial-failure.js';

/** Least time, and most steps, that a model is watched for. */
const WATCH_MS = 100;
const MOST_STEPS = 8;

/** What a trial of a model will take. */
export interface ModelEstimate {
  /** Trainable numbers, embeddings included. */
  readonly parameters: number;
  /** Seconds of a trial that runs for all its epochs; one that stops early takes less. */
  readonly seconds: number;
}

/** Builds a model as a trial would, runs a few steps and one evaluation of it, and throws it away. */
export async function estimateModel(
  { backbone, plugins, embedding, training }: SettingModel,
  { registry, data }: { registry: Registry; data: EncodedData },
): Promise<ModelEstimate> {
  const began = performance.now();
  const assembled = assembleModel({ registry, schema: data.schema, embedding, backbone, plugins, seed: 0 });
  const buildMs = performance.now() - began;
  const split = reportedSplit(data);
  const sample = { ...data, splits: { ...data.splits, [split]: data.splits[split].subarray(0, EVALUATION_BATCH) } };
  const source = openBatches(sample, { prefetch: false });
  const steps = new TrainingSteps(assembled, source, training, 0);
  try {
    const stepMs = await timeSteps(steps);
    const parameters = assembled.model.store.count();
    const evaluated = performance.now();
    await evaluateSplit(assembled, source, split, steps.settings);
    const rowMs = (performance.now() - evaluated) / sample.splits[split].length;
    const { validation, test } = data.splits;
    const { evaluateEvery } = training;
    const evaluations = evaluateEvery > 0 ? Math.ceil(steps.stepsAnEpoch / evaluateEvery) : 1;
    const epochMs = steps.stepsAnEpoch * stepMs + evaluations * validation.length * rowMs;
    const ms = buildMs + training.epochs * epochMs + (validation.length + test.length) * rowMs;
    return { parameters, seconds: ms / 1000 };
  } finally {
    steps.dispose();
    assembled.dispose();
    await source.close();
  }
}

/** Median milliseconds of a step; the first, which fills caches, does not count. */
async function timeSteps(steps: TrainingSteps): Promise<number> {
  const times: number[] = [];
  const began = performance.now();
  let last = began;
  for await (const batches of steps.batches(1)) {
    steps.run(batches, times.length);
    times.push(performance.now() - last);
    last = performance.now();
    if (times.length > 1 && (times.length >= MOST_STEPS || last - began > WATCH_MS)) break;
  }
  const counted = (times.length > 1 ? times.slice(1) : times).sort((a, b) => a - b);
  return counted[counted.length >> 1] ?? 0;
}

/**
 * Estimates of models by their place; one that diverges at once is absent.
 * @param estimate of one model.
 * @throws MdctrError what a model throws in its first steps: none of its trials would come further.
 */
export async function estimateModels(
  models: ReadonlyMap<number, SettingModel>,
  estimate: (model: SettingModel) => Promise<ModelEstimate | undefined>,
): Promise<Map<number, ModelEstimate>> {
  const estimates = new Map<number, ModelEstimate>();
  for (const [place, model] of models) {
    try {
      const found = await estimate(model);
      if (!found) return estimates;
      estimates.set(place, found);
    } catch (error) {
      if (!hasDiverged(error)) throw firstStepsFailure(error, model);
    }
  }
  return estimates;
}
