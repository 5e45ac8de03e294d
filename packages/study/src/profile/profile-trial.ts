import { firstOf, lastOf } from '@mdctr/base';
import type { HostBatch } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { EVALUATION_BATCH } from '@mdctr/training';
import type { TrialSpec } from '../config/types.js';
import type { TrialContext } from '../trial/run-trial.js';
import { breakDown } from './breakdown.js';
import type { TrialProfile, VariantTime } from './result.js';
import { type Lane, medianMs, ratioOf, stepsOf, takeTurns } from './turns.js';
import { type TimedModel, disposeTimedModels, makeTimedModels, shortName } from './timed-models.js';
import { weigh } from './weights.js';

export interface ProfileOptions {
  /** Measured steps of each variant, from 1. */
  readonly steps: number;
  /** `share`, from 0 to 1, is done. */
  readonly onBlock?: (share: number) => void;
}

/**
 * Measures training steps of a model, of its plain backbone, and of that with each of its plugins alone, on the same batches in
 * turns, and the model's once more with a clock on every op. What is trained is thrown away.
 * @throws MdctrError MDCTR_TRAINING_DIVERGED, MDCTR_TRAINING_ACCUMULATE, what building a model throws.
 */
export async function profileTrial(
  spec: TrialSpec,
  context: TrialContext,
  { steps, onBlock }: ProfileOptions,
): Promise<TrialProfile> {
  const source = openBatches(context.data);
  let variants: TimedModel[] = [];
  try {
    variants = makeTimedModels(spec, context, source);
    const lanes = variants.map((variant): Lane => ({ variant, clocked: false, blocks: [] }));
    const whole = lastOf(lanes);
    const clocked: Lane = { variant: whole.variant, clocked: true, blocks: [] };
    await takeTurns([...lanes, clocked], steps, onBlock ?? (() => {}));
    const sample = await firstBatch(source.batches('train', { batchSize: EVALUATION_BATCH }));
    const { step, sites, ops } = breakDown(stepsOf(clocked));
    return {
      steps,
      rowsPerStep: rowsOf(spec, source.rows('train')),
      variants: lanes.map((lane) => timeOf(lane, firstOf(lanes), sample)),
      model: whole.variant.name,
      overhead: ratioOf(clocked, whole),
      step,
      sites: weigh(sites, whole.variant.assembled, sample, shortName(spec.backbone)),
      ops,
    };
  } finally {
    disposeTimedModels(variants);
    await source.close();
  }
}

function timeOf(lane: Lane, plain: Lane, sample: HostBatch): VariantTime {
  const { name, plugins, assembled } = lane.variant;
  const { store } = assembled.model;
  const dense = store.trainable().reduce((sum, { size }) => sum + size, 0);
  return {
    name,
    plugins: plugins.map(shortName),
    ms: medianMs(stepsOf(lane)),
    blocks: lane.blocks.map(medianMs),
    ratio: lane === plain ? null : ratioOf(lane, plain),
    parameters: { dense, embeddings: store.count() - dense },
    flopsPerRow: assembled.model.flopsPerRow(sample),
  };
}

function rowsOf({ training }: TrialSpec, rows: number): number {
  return Math.min(training.batchSize * (training.accumulate ?? 1), rows);
}

async function firstBatch(batches: AsyncIterable<HostBatch>): Promise<HostBatch> {
  for await (const batch of batches) return batch;
  throw new Error('There are no training rows.'); // loading data refuses that
}
