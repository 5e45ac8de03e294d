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

/** A term of the loss, read after the forward pass of a training step; undefined for none in this step. */
export type Penalty = (batch: DomainBatch) => Scalar | undefined;

/** Loss of a batch and its derivatives. Whoever asks for them disposes them. */
export interface Gradients {
  /** Mean cross entropy plus penalties. */
  readonly loss: Scalar;
  /** By parameter; parameters that the loss does not depend on are absent. */
  readonly dense: ReadonlyMap<Parameter, Tensor>;
  /** Rows of the embedding table: distinct ids [U] and gradient [U, k]. */
  readonly rows: { readonly ids: Int32Array; readonly gradient: Tensor };
}

/** How a loss is computed. */
export interface LossOptions {
  /** Values in place of some parameters', e.g. adapted ones. */
  readonly values?: ReadonlyMap<Parameter, Tensor>;
  /** The pass leaves states as they are: it does not count in moving averages. */
  readonly holdStates?: boolean;
}

/** Losses as differentiable functions, for methods that take gradients of their own (`valueAndGradients`). */
export interface LossContext {
  /** The distinct embedding rows of a batch, up to date: [U, k]. The caller owns the tensor. */
  lookup(batch: HostBatch): Tensor;
  /**
   * Mean cross entropy (with the config's label smoothing and domain weights) plus penalties of a batch in training mode;
   * it depends on `rows` [U, k] (the batch's embedding
   * rows, or those of the batch that it is a `viewBatch` of), on `values`, and on all other parameters' values.
   */
  loss(batch: HostBatch, rows: Tensor, options?: LossOptions): Scalar;
  /** The model's trained parameters, embedding table not included. */
  readonly parameters: readonly Parameter[];
}

/** What a training step may do. */
export interface StepContext extends LossContext {
  /** Loss and gradients of a batch (the step's own, or a part of it by `sliceBatch`) at the present values. */
  gradients(batch: HostBatch): Gradients;
  /**
   * One update of the optimizer, at the schedule's rate, with what the config says of clipping, L2 and weight decay. With
   * `training.accumulate` the gradients are gathered, and the update is made after the last of the batches.
   */
  apply(gradients: Gradients): void;
  /** Disposes gradients; `apply` does not. */
  release(gradients: Gradients): void;
}

/** One optimisation step on a batch; returns the loss. The default: gradients of the whole batch, applied once. */
export type Step = (batch: HostBatch, context: StepContext) => number;

/** Click probabilities [rows] of a batch, without training. */
export type Predict = (batch: HostBatch) => Float32Array;

/** The network when every layer is built. */
export interface BuiltNetwork {
  /** All trained parameters so far. */
  readonly parameters: readonly Parameter[];
  /** Where parameters for the network as a whole go: `PLUGIN`, or a name below it. */
  readonly scope: ParameterScope;
}

/** What a variant may learn from before it predicts. Losses here draw no dropout. */
export interface AdaptationContext extends LossContext {
  /** Training rows, never others; with `domain` those of one domain. */
  trainingRows(options: BatchOptions): AsyncIterable<HostBatch>;
}

/**
 * A further way to predict with the trained model, e.g. after adaptation to each domain. Its metrics stand beside the
 * model's own: under `variants` in metrics.json, on a line `METHOD (NAME)` in a study's table.
 */
export interface Variant {
  readonly name: string;
  /** Gets ready with the present weights; called before each evaluation. Leaves parameters and their state alone. */
  prepare(context: AdaptationContext): Promise<void>;
  /** Wraps a prediction, as `evaluate` does. */
  predict(next: Predict): Predict;
  /** Epochs are chosen by this variant's validation metrics instead of the model's own. */
  readonly selects: boolean;
  /** A saved model predicts by this variant; what that takes is in states that `prepare` fills. */
  readonly serves: boolean;
}
