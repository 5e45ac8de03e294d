import type { Parameter, Scalar, Tensor } from '@mdctr/tensor';
import type { DomainBatch } from '../batch/domain-batch.js';
import type { EmbeddedFields } from '../batch/embedded-fields.js';
import type { BatchOptions, HostBatch } from '../features/host-batch.js';
import type { ParameterScope } from '../network/parameter-scope.js';

/** Transforms the embedded fields; see `EmbeddedFields.map` for the usual way. */
export type EmbeddingInterceptor = (embedded: EmbeddedFields, batch: DomainBatch) => EmbeddedFields;

/** Transforms the output of a hidden layer: h [rows, units] -> [rows, units]. */
export type HiddenInterceptor = (h: Tensor, batch: DomainBatch) => Tensor;

/** Adds to the logit or replaces it: [rows, 1] -> [rows, 1]. */
export type LogitInterceptor = (logit: Tensor, batch: DomainBatch, embedded: EmbeddedFields) => Tensor;

/** Returns a term of the loss, or undefined for none. Called after the forward pass of each training step. */
export type Penalty = (batch: DomainBatch) => Scalar | undefined;

/** Loss of a batch and its gradients. The caller disposes them. */
export interface Gradients {
  /** Mean cross entropy plus penalties. */
  readonly loss: Scalar;
  /** Gradient of each parameter. Parameters that the loss does not depend on are absent. */
  readonly dense: ReadonlyMap<Parameter, Tensor>;
  /** Gradient of the embedding table: the distinct ids of the batch [U] and the gradient of their rows [U, k]. */
  readonly rows: { readonly ids: Int32Array; readonly gradient: Tensor };
}

/** How a loss is computed. */
export interface LossOptions {
  /** Replaces the values of some parameters, e.g. by adapted ones. */
  readonly values?: ReadonlyMap<Parameter, Tensor>;
  /** If true, the pass does not update states such as moving averages. */
  readonly holdStates?: boolean;
}

/** Losses as differentiable functions, for methods that compute gradients themselves with `valueAndGradients`. */
export interface LossContext {
  /** The distinct embedding rows of a batch, up to date: [U, k]. The caller owns the tensor. */
  lookup(batch: HostBatch): Tensor;
  /**
   * Mean cross entropy plus penalties of a batch in training mode. Label smoothing and domain weights are those of the
   * config. The loss is differentiable by `rows`, by `options.values`, and by the values of all other parameters.
   * @param rows [U, k] embedding rows of the batch, or of the batch that it is a `viewBatch` of.
   */
  loss(batch: HostBatch, rows: Tensor, options?: LossOptions): Scalar;
  /** The model's trained parameters, embedding table not included. */
  readonly parameters: readonly Parameter[];
}

/** Operations that are available to a training step. */
export interface StepContext extends LossContext {
  /** Loss and gradients at the current values, of the step's batch or of a part of it made by `sliceBatch`. */
  gradients(batch: HostBatch): Gradients;
  /**
   * Applies one optimizer update. The learning rate is that of the schedule; clipping, L2 and weight decay follow the
   * config. With `training.accumulate`, gradients are summed and the update follows the last batch.
   */
  apply(gradients: Gradients): void;
  /** Disposes gradients. `apply` does not dispose them. */
  release(gradients: Gradients): void;
}

/** One optimisation step on a batch. Returns the loss. By default, the gradients of the batch are applied once. */
export type Step = (batch: HostBatch, context: StepContext) => number;

/** Click probabilities [rows] of a batch, without training. */
export type Predict = (batch: HostBatch) => Float32Array;

/** The network after all layers are built. */
export interface BuiltNetwork {
  /** All trained parameters so far. */
  readonly parameters: readonly Parameter[];
  /** Scope of parameters that belong to the whole network: `PLUGIN`, or a name below it. */
  readonly scope: ParameterScope;
}

/** Data and losses that a variant may adapt to before it predicts. These losses apply no dropout. */
export interface AdaptationContext extends LossContext {
  /** Batches of training rows, of all domains or only of `options.domain`. */
  trainingRows(options: BatchOptions): AsyncIterable<HostBatch>;
}

/**
 * An additional way to predict with the trained model, e.g. after adaptation to each domain. Its metrics are reported
 * beside the model's: under `variants` in metrics.json, and on a line `METHOD (NAME)` in a study's table.
 */
export interface Variant {
  readonly name: string;
  /** Prepares with the current weights. Called before each evaluation. It must not change parameters or their state. */
  prepare(context: AdaptationContext): Promise<void>;
  /** Wraps a prediction, like the hook `evaluate`. */
  predict(next: Predict): Predict;
  /** If true, the best epoch is selected by this variant's validation metrics instead of the model's. */
  readonly selects: boolean;
  /** If true, a saved model predicts with this variant. `prepare` must store what it needs in states. */
  readonly serves: boolean;
}
