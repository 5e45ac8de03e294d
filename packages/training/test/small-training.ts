import { Random } from '@mdctr/base';
import { openBatches } from '@mdctr/data';
import {
  completeOptions,
  createOptimizer,
  plainStep,
  stepContext,
  type PartialTrainingOptions,
  type TrainingResult,
} from '../src/index.js';
import type { Frequencies } from '../src/loss/regularization.js';
import { adaSparse, assemble, data, dnn, firstBatch } from '../../../test/support/small-models.js';

export const options: PartialTrainingOptions = {
  epochs: 4,
  batchSize: 128,
  batchDomains: 'mixed',
  optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  selectBy: 'auc',
  patience: 4,
  precision: 'float32',
};

export const source = openBatches(data);

/** What is reproducible of a training: all but the times. */
export const figures = ({ evaluations, bestStep, steps }: TrainingResult): unknown => ({
  evaluations,
  bestStep,
  steps,
});

export const batch = await firstBatch();

/** By path, what one step of plain gradient descent at rate 1 takes off the values: the gradients that were applied. */
export function appliedBy(
  more: Partial<PartialTrainingOptions>,
  frequencies?: Frequencies,
): Map<string, { before: Float32Array; taken: Float32Array }> {
  const assembled = assemble({ ...dnn, batchNorm: true }, [adaSparse]);
  const full = completeOptions({ ...options, ...more, optimizer: { kind: 'sgd', learningRate: 1, momentum: 0 } });
  const optimizer = createOptimizer(full);
  const holders = [...assembled.model.store.trainable(), ...assembled.model.store.tables()];
  const before = holders.map((holder) => holder.toHost());
  plainStep(batch, stepContext(assembled.model, optimizer, new Random(1), { ...full, frequencies }));
  optimizer.flush(assembled.model.table);
  const result = holders.map((holder, h) => {
    const after = holder.toHost();
    return [holder.path, { before: before[h]!, taken: before[h]!.map((value, i) => value - after[i]!) }] as const;
  });
  optimizer.dispose();
  assembled.dispose();
  return new Map(result);
}
