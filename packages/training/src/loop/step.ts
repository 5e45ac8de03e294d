import { type Random } from '@mdctr/base';
import type { Gradients, HostBatch, LossContext, Model, Step, StepContext } from '@mdctr/core';
import {
  attribute,
  keep,
  mul,
  tidy,
  valueAndGradients,
  type Optimizer,
  type Parameter,
  type Tensor,
  toNumber,
} from '@mdctr/tensor';
import type { TrainingAverage } from '../averaging/training-average.js';
import { clipFactor } from './clip-factor.js';
import { l2Terms, type Frequencies, type RegularizationOptions } from '../loss/regularization.js';
import { Divergence, findNotFinite } from './divergence.js';
import { lossOf, type LossSettings } from '../loss/loss.js';

/** The ordinary step: gradients of the whole batch, applied once. */
export const plainStep: Step = (batch, context) => {
  const gradients = context.gradients(batch);
  context.apply(gradients);
  const loss = toNumber(gradients.loss);
  context.release(gradients);
  return loss;
};

/** How gradients become updates. */
export interface StepOptions extends LossSettings {
  /** In place of an update whose loss is above this or no number, `apply` throws a `Divergence`. */
  readonly maxLoss?: number;
  /** Largest Euclidean norm of all gradients together; 0 for none. */
  readonly clipNorm?: number;
  /** Its L2 terms; the optimizer sees to weight decay. */
  readonly regularization?: RegularizationOptions;
  /** What L2 by frequency goes by; without, there is none. */
  readonly frequencies?: Frequencies | undefined;
  /** Takes the weights in after each update. */
  readonly average?: TrainingAverage | undefined;
}

/** What an update is counted to in a profile; clipping and L2 are in the first. */
const OPTIMIZER = { dense: { site: 'optimizer/dense' }, rows: { site: 'optimizer/rows' } };

/** What steps act on: a model, its optimizer, and the stream that dropout draws from. */
export function stepContext(
  model: Model,
  optimizer: Optimizer,
  random: Random,
  options: StepOptions = {},
): StepContext {
  const { maxLoss = Infinity, clipNorm = 0, regularization, frequencies, average } = options;
  const l2 = regularization && l2Terms(regularization, frequencies);
  const parameters = model.store.trainable();
  const losses: LossContext = {
    parameters,
    lookup: attribute({ site: 'look-up' }, (batch) => optimizer.lookup(model.table, batch.uniqueIds)),
    loss: (batch, rows, how) => lossOf(model, batch, rows, { training: true, random }, options, how),
  };
  const updateRows = attribute(OPTIMIZER.rows, (ids: Int32Array, gradient: Tensor) =>
    optimizer.updateRows(model.table, ids, gradient),
  );
  const release = ({ loss, dense, rows }: Gradients): void => {
    for (const tensorToDrop of [loss, rows.gradient, ...dense.values()]) tensorToDrop.dispose();
  };
  return {
    ...losses,
    gradients: (batch) => gradientsOf(losses, batch),
    apply: attribute(OPTIMIZER.dense, (gradients) => {
      const { loss, dense, rows } = gradients;
      const value = toNumber(loss);
      if (!Number.isFinite(value) || value > maxLoss) {
        const place = tidy(() => findNotFinite(model, gradients));
        release(gradients);
        throw new Divergence(value, place);
      }
      tidy(() => {
        const valuesOfRows = (): Tensor => optimizer.lookup(model.table, rows.ids); // [U, k]
        const byRows = l2 ? l2.ofRows(rows.gradient, rows.ids, valuesOfRows) : rows.gradient;
        const byParameter = [...dense].map(([p, gradient]) => [p, l2 ? l2.of(p, gradient) : gradient] as const);
        const all = [byRows, ...byParameter.map(([, gradient]) => gradient)];
        const factor = clipNorm > 0 ? clipFactor(all, clipNorm) : 1;
        const clipped = (gradient: Tensor): Tensor => (factor < 1 ? mul(gradient, factor) : gradient);
        average?.beforeStep(rows.ids);
        optimizer.beginStep();
        for (const [parameter, gradient] of byParameter) optimizer.update(parameter, clipped(gradient));
        updateRows(rows.ids, clipped(byRows));
        average?.afterStep(rows.ids);
      });
    }),
    release,
  };
}

/** Losses of a model that is not being trained, for `Variant.prepare`: nothing is random in them. */
export function lossContext(model: Model, settings: LossSettings = {}): LossContext {
  return {
    parameters: model.store.trainable(),
    lookup: (batch) => model.lookup(batch),
    loss: (batch, rows, how) => lossOf(model, batch, rows, { training: true }, settings, how),
  };
}

function gradientsOf({ parameters, lookup, loss }: LossContext, host: HostBatch): Gradients {
  let result!: Gradients;
  tidy(() => {
    const rows = lookup(host); // [U, k]
    const inputs = [rows, ...parameters.map((parameter) => parameter.value)];
    const { value, gradients } = valueAndGradients(() => loss(host, rows), inputs);
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
