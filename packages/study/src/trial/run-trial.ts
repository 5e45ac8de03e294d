import { getOrThrow } from '@mdctr/base';
import { assembleModel, type AssembledModel, type HostBatch, type Registry } from '@mdctr/core';
import { openBatches, type EncodedData } from '@mdctr/data';
import type { Evaluation } from '@mdctr/metrics';
import type { Inspection } from '@mdctr/inspect';
import type { TrialResult } from '@mdctr/report';
import {
  completeOptions,
  evaluateSplit,
  EVALUATION_BATCH,
  lossSettings,
  train,
  type Calibration,
  type OnScores,
  type SplitEvaluation,
  type SplitScores,
  type TrainingContext,
  type TrainingResult,
} from '@mdctr/training';
import type { TrialSpec } from '../config/types.js';
import { CALIBRATED, calibratedScores, calibrationOf, withCalibrated } from './calibrate.js';
import { detailsOf } from './trial-details.js';

/** What a training run works with. */
export interface TrialContext {
  readonly registry: Registry;
  readonly data: EncodedData;
}

/** A trial that has run. */
export interface FinishedTrial {
  /** The trained model; the caller disposes it. */
  readonly assembled: AssembledModel;
  readonly training: TrainingResult;
  /** Metrics by split; null for a split without rows. */
  readonly validation: SplitEvaluation | null;
  readonly test: SplitEvaluation | null;
  /** Of the scores that the model serves, by the validation rows; absent where there are too few, or none is wanted. */
  readonly calibration?: Calibration;
  readonly parameters: number;
  readonly flopsPerRow: number;
  /** What `inspect` made of it. */
  readonly network?: Inspection;
  /** Microseconds of predicting a row, by split and variant (`''` is the model's own way). */
  readonly inferenceUs: Readonly<Record<'validation' | 'test', ReadonlyMap<string, number>>>;
  /** Passes over the test rows. */
  readonly testPasses: number;
  readonly seconds: number;
}

export interface TrialCallbacks extends Omit<TrainingContext, 'seed'> {
  /** Describes the trained model, with the rows that its operations are counted on. */
  readonly inspect?: (assembled: AssembledModel, sample: HostBatch | undefined) => Inspection;
  /** Gets the trained model's scores of each split that is measured. */
  readonly onScores?: (split: 'validation' | 'test', ...scores: Parameters<OnScores>) => void;
}

/** Trains one model and measures it. */
export async function runTrial(
  spec: TrialSpec,
  { registry, data }: TrialContext,
  { onScores, inspect, ...callbacks }: TrialCallbacks = {},
): Promise<FinishedTrial> {
  const began = performance.now();
  const { negativeSampling, baseMargin } = spec.training;
  const assembled = assembleModel({ ...spec, registry, schema: data.schema, negativeSampling, baseMargin });
  const source = openBatches(data);
  try {
    const training = await train(assembled, source, spec.training, { seed: spec.seed, ...callbacks });
    const settings = lossSettings(spec.training, source);
    const inferenceUs = { validation: new Map<string, number>(), test: new Map<string, number>() };
    const scored = {
      validation: new Map<string | undefined, SplitScores>(),
      test: new Map<string | undefined, SplitScores>(),
    };
    const take = (split: 'validation' | 'test', scores: SplitScores, variant?: string): void => {
      inferenceUs[split].set(variant ?? OWN, (1000 * scores.ms) / scores.order.length);
      scored[split].set(variant, scores);
      onScores?.(split, scores, variant);
    };
    const measure = (split: 'validation' | 'test'): Promise<SplitEvaluation | null> =>
      evaluateSplit(assembled, source, split, settings, (scores, variant) => take(split, scores, variant));
    const validation = await measure('validation');
    let test = await measure('test');
    const options = completeOptions(spec.training).calibration;
    const calibration = calibrationOf(assembled, source, scored.validation, options);
    if (test && calibration && 'measured' in options && options.measured) {
      const scores = calibratedScores(assembled, calibration, scored.test)!;
      take('test', scores, CALIBRATED);
      test = withCalibrated(test, source, scores);
    }
    const sample = await firstBatch(source.batches('train', { batchSize: EVALUATION_BATCH }));
    const network = inspect?.(assembled, sample);
    // What describes a model has counted them.
    const flopsPerRow = network?.totals.flopsPerRow ?? (sample ? assembled.model.flopsPerRow(sample) : 0);
    assembled.diagnostics(); // what the last passes added is of no interest
    return {
      assembled,
      training,
      validation,
      test,
      ...(calibration && { calibration }),
      parameters: assembled.model.store.count(),
      flopsPerRow,
      ...(network && { network }),
      inferenceUs,
      testPasses: source.passes('test'),
      seconds: (performance.now() - began) / 1000,
    };
  } catch (error) {
    assembled.dispose();
    throw error;
  } finally {
    await source.close();
  }
}

/**
 * The trial's lines for a study, with the metrics of the split that the study reports: one, and one more for each
 * variant, `METHOD (VARIANT)`.
 */
export function trialResults(
  cell: Omit<Line, 'variant'>,
  finished: FinishedTrial,
  split: 'validation' | 'test',
): [TrialResult, ...TrialResult[]] {
  const { variants = {}, ...whole } = finished[split]!;
  const resultOf = (line: Line, evaluation: Evaluation): TrialResult => lineOf(line, finished, split, evaluation);
  const others = Object.entries(variants).map(([variant, evaluation]) => {
    return resultOf({ ...cell, method: `${cell.method} (${variant})`, variant }, evaluation);
  });
  return [resultOf(cell, whole), ...others];
}

/** The validation metrics that choose between epochs, and between trials of a search: those of a variant that selects. */
export function judgedBy({ assembled, validation }: FinishedTrial): Evaluation | null {
  const judge = assembled.variants.find(({ selects }) => selects);
  return judge ? (validation?.variants?.[judge.name] ?? null) : validation;
}

/** The model's own predictions, among those of its variants. */
const OWN = '';

type Line = Pick<TrialResult, 'setting' | 'backbone' | 'method' | 'seed' | 'fold' | 'variant'>;

function lineOf(
  cell: Line,
  finished: FinishedTrial,
  split: 'validation' | 'test',
  evaluation: Evaluation,
): TrialResult {
  const { evaluations, bestEpoch, bestStep, steps, stepMs } = finished.training;
  return {
    ...cell,
    metrics: evaluation.metrics,
    parameters: finished.parameters,
    flopsPerRow: finished.flopsPerRow,
    stepMs,
    inferenceUs: getOrThrow(finished.inferenceUs[split], cell.variant ?? OWN),
    testPasses: finished.testPasses,
    seconds: finished.seconds,
    epochs: evaluations.at(-1)?.epoch ?? 0,
    bestEpoch,
    ...{ bestStep, steps },
    details: detailsOf(evaluation, finished, cell.variant),
  };
}

async function firstBatch(batches: AsyncIterable<HostBatch>): Promise<HostBatch | undefined> {
  for await (const batch of batches) return batch;
  return undefined;
}
