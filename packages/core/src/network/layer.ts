import type { Parameter, Tensor } from '@mdctr/tensor';
import type { DomainBatch } from '../batch/domain-batch.js';
import type { EmbeddedFields } from '../batch/embedded-fields.js';

/** A built layer or tower: x [rows, inputs] -> [rows, outputs]. Runs on every forward pass. */
export type Layer = (x: Tensor, batch: DomainBatch) => Tensor;

/** The forward function of a backbone: embedded fields -> logit [rows, 1]. */
export type Forward = (embedded: EmbeddedFields, batch: DomainBatch) => Tensor;

/** Values that an affine layer computes with. */
export interface AffineWeights {
  /** [inputs, units] */
  readonly kernel: Tensor;
  /** [units] */
  readonly bias?: Tensor;
}

/** An affine layer, x W + b. Plugins may read its weights (STAR) or replace its computation (APG). */
export interface AffineLayer {
  /**
   * x [rows, inputs] -> [rows, units].
   * @param weights used instead of the layer's parameters.
   */
  forward(x: Tensor, batch: DomainBatch, weights?: AffineWeights): Tensor;
  /** The layer's parameters. undefined if it has no kernel, e.g. if a plugin generates the weights of each row. */
  readonly parameters: { readonly kernel: Parameter; readonly bias?: Parameter } | undefined;
  /** True if `forward` computes exactly x W + b, so that a plugin may compute it in another form. */
  readonly plain?: boolean;
}
