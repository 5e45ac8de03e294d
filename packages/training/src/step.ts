import type { Gradients, HostBatch, Model, Step, StepContext } from '@mdctr/core';
import {
  add,
  keep,
  sigmoidCrossEntropy,
  tensor,
  tidy,
  toHost,
  valueAndGradients,
  type Optimizer,
  type Parameter,
  type Random,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';

/** The ordinary step: gradients of the whole batch, applied once. */
export const plainStep: Step = (batch, context) => {
  const gradients = context.gradients(batch);
  context.apply(gradients);
  const loss = toHost(gradients.loss)[0]!;
  context.release(gradients);
  return loss;
};

/** What steps act on: a model, its optimizer, and the stream that dropout draws from. */
export function stepContext(model: Model, optimizer: Optimizer, random: Random): StepContext {
  const parameters = model.store.trainable();
  return {
    parameters,
    gradients: (batch) => gradientsOf(model, optimizer, parameters, batch, random),
    apply({ dense, rows }) {
      optimizer.beginStep();
      for (const [parameter, gradient] of dense) optimizer.update(parameter, gradient);
      optimizer.updateRows(model.table, rows.ids, rows.gradient);
    },
    release({ loss, dense, rows }) {
      for (const tensorToDrop of [loss, rows.gradient, ...dense.values()]) tensorToDrop.dispose();
    },
  };
}

function gradientsOf(
  model: Model,
  optimizer: Optimizer,
  parameters: readonly Parameter[],
  host: HostBatch,
  random: Random,
): Gradients {
  let result!: Gradients;
  tidy(() => {
    const rows = optimizer.lookup(model.table, host.uniqueIds); // [U, k]
    const labels = tensor(host.labels!, [host.rows, 1]);
    const loss = (): Scalar => {
      const { logits, batch } = model.run(rows, host, { training: true, random });
      return model.penalties(batch).reduce(add, sigmoidCrossEntropy(logits, labels)) as Scalar;
    };
    const { value, gradients } = valueAndGradients(loss, [rows, ...parameters.map((parameter) => parameter.value)]);
    const dense = new Map<Parameter, Tensor>();
    parameters.forEach((parameter, i) => {
      const gradient = gradients[i + 1];
      if (gradient) dense.set(parameter, keep(gradient));
    });
    const rowGradient = gradients[0];
    if (!rowGradient) throw new Error('The logit does not depend on the embedded fields.');
    result = { loss: keep(value), dense, rows: { ids: host.uniqueIds, gradient: keep(rowGradient) } };
  });
  return result;
}
