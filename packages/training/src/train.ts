import { MdctrError, type BatchSource, type Diagnostics, type TrialModel } from '@mdctr/core';
import { Random } from '@mdctr/tensor';
import type { Metrics, SplitMetrics } from './metrics/evaluate.js';
import { createOptimizer } from './optimizer.js';
import type { TrainingOptions } from './options.js';
import { evaluateSplit } from './predict.js';
import { restoreSnapshot, takeSnapshot, type Snapshot } from './snapshot.js';
import { plainStep, stepContext } from './step.js';

/** One epoch as it went. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch's steps, penalties included. */
  readonly loss: number;
  /** null where there are no validation rows. */
  readonly validation: SplitMetrics | null;
  /** What the plugins had to say after the evaluation. */
  readonly diagnostics: Readonly<Record<string, Diagnostics>>;
}

export interface TrainingResult {
  readonly epochs: readonly EpochResult[];
  /** Number, from 1, of the epoch whose weights the model has now. */
  readonly bestEpoch: number;
  readonly steps: number;
  /** Median milliseconds of a step, waiting for its batch included. */
  readonly stepMs: number;
}

export interface TrainingContext {
  readonly seed: number;
  readonly onStep?: (step: number, steps: number, loss: number) => void;
  readonly onEpoch?: (result: EpochResult) => void;
}

/**
 * Trains a model. After each epoch the validation rows are scored; the weights of the best epoch are in the model at
 * the end, whether training stopped early or not. Without validation rows the last epoch counts.
 * @throws MdctrError MDCTR_TRAINING_DIVERGED if the loss is no longer a number.
 */
export async function train(
  trial: TrialModel,
  source: BatchSource,
  options: TrainingOptions,
  { seed, onStep, onEpoch }: TrainingContext,
): Promise<TrainingResult> {
  const { epochs, selectBy, patience } = options;
  const batching = { batchSize: options.batchSize, domains: options.batchDomains };
  const stepsAnEpoch = source.count('train', batching);
  const optimizer = createOptimizer(options.optimizer);
  const context = stepContext(trial.model, optimizer, new Random(seed).fork('dropout'));
  const step = trial.wrapStep(plainStep);
  const results: EpochResult[] = [];
  const times: number[] = [];
  let best: { epoch: number; score: number; snapshot: Snapshot | undefined } | undefined;
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let lossSum = 0;
      let began = performance.now();
      for await (const batch of source.batches('train', { ...batching, shuffle: { seed, epoch } })) {
        trial.setProgress(times.length / (epochs * stepsAnEpoch));
        const loss = step(batch, context);
        if (!Number.isFinite(loss)) throw diverged(times.length + 1, loss);
        lossSum += loss;
        times.push(performance.now() - began);
        onStep?.(times.length, epochs * stepsAnEpoch, loss);
        began = performance.now();
      }
      if (epoch === epochs) trial.setProgress(1);
      optimizer.flush(trial.model.table);
      const validation = await evaluateSplit(trial, source, 'validation');
      const result = { epoch, loss: lossSum / stepsAnEpoch, validation, diagnostics: trial.diagnostics() };
      results.push(result);
      onEpoch?.(result);
      const judge = trial.variants.find(({ selects }) => selects);
      const score = selectionScore(judge ? (validation?.variants?.[judge.name] ?? null) : validation, selectBy);
      if (!best || score === undefined || score > best.score) {
        // The last epoch's weights need no copy: they are in the model.
        const snapshot = epoch < epochs ? takeSnapshot(trial.model) : undefined;
        best = { epoch, score: score ?? -Infinity, snapshot };
      } else if (epoch - best.epoch >= patience) break;
    }
  } finally {
    optimizer.dispose();
  }
  if (best && best.epoch < results.length && best.snapshot) {
    restoreSnapshot(trial.model, best.snapshot);
    trial.reload();
  }
  return {
    epochs: results,
    bestEpoch: best!.epoch,
    steps: times.length,
    stepMs: median(times.slice(Math.min(3, times.length - 1))),
  };
}

/** Larger is better; undefined where the metric is not defined. */
function selectionScore(metrics: Metrics | null, by: TrainingOptions['selectBy']): number | undefined {
  const value = metrics?.[by];
  if (value === null || value === undefined) return undefined;
  return by === 'logLoss' ? -value : value;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function diverged(step: number, loss: number): MdctrError {
  return new MdctrError('MDCTR_TRAINING_DIVERGED', {
    what: `Training diverged: the loss of step ${step} is ${loss}.`,
    hint: 'Lower training.optimizer.learningRate.',
  });
}
