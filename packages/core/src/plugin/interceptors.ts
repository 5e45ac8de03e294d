import type { Parameter, Scalar, Tensor } from '@mdctr/tensor';
import type { DomainBatch } from '../batch/domain-batch.js';
import type { EmbeddedFields } from '../batch/embedded-fields.js';
import type { HostBatch } from '../features/host-batch.js';

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

/** What a training step may do. */
export interface StepContext {
  /** Loss and gradients of a batch (the step's own, or a part of it by `sliceBatch`) at the present values. */
  gradients(batch: HostBatch): Gradients;
  /** One update of the optimizer. */
  apply(gradients: Gradients): void;
  /** Disposes gradients; `apply` does not. */
  release(gradients: Gradients): void;
  /** The model's trained parameters, embedding table not included. */
  readonly parameters: readonly Parameter[];
}

/** One optimisation step on a batch; returns the loss. The default: gradients of the whole batch, applied once. */
export type Step = (batch: HostBatch, context: StepContext) => number;

/** Click probabilities [rows] of a batch, without training. */
export type Predict = (batch: HostBatch) => Float32Array;

/** Facts about a trained plugin that users should see, e.g. realised sparsity; JSON values. */
export type Diagnostics = Readonly<Record<string, unknown>>;
