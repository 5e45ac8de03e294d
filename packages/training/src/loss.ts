import type { HostBatch, LossOptions, Model, Pass } from '@mdctr/core';
import { add, sigmoidCrossEntropy, tensor, type Scalar, type Tensor } from '@mdctr/tensor';

/** What the training loss is made of, beside the plugins' penalties. */
export interface LossSettings {
  /** s: labels 0 and 1 count as s / 2 and 1 - s / 2; 0 by default. */
  readonly labelSmoothing?: number;
}

/** Mean cross entropy of a batch, plus penalties; it depends on `rows` [U, k] and on the parameters' values. */
export function lossOf(
  model: Model,
  host: HostBatch,
  rows: Tensor,
  pass: Pass,
  settings: LossSettings,
  { values, holdStates }: LossOptions = {},
): Scalar {
  const run = (): Scalar => {
    const { logits, batch } = model.run(rows, host, pass);
    return model.penalties(batch).reduce(add, sigmoidCrossEntropy(logits, targetsOf(host, settings))) as Scalar;
  };
  const held = holdStates ? () => model.store.holdStates(run) : run;
  return values ? model.store.withValues(values, held) : held();
}

/** [rows, 1] what the click probabilities are to come near. */
function targetsOf({ labels, rows }: HostBatch, { labelSmoothing = 0 }: LossSettings): Tensor {
  const targets = labelSmoothing > 0 ? labels!.map((y) => y * (1 - labelSmoothing) + labelSmoothing / 2) : labels!;
  return tensor(targets, [rows, 1]);
}
