import type { Parameter, Tensor } from '@mdctr/tensor';
import type { DomainBatch } from '../batch/domain-batch.js';
import type { EmbeddedFields } from '../batch/embedded-fields.js';

/** A built layer or tower: x [rows, inputs] -> [rows, outputs]. Runs on every forward pass. */
export type Layer = (x: Tensor, batch: DomainBatch) => Tensor;

/** What a backbone returns: embedded fields -> logit [rows, 1]. */
export type Forward = (embedded: EmbeddedFields, batch: DomainBatch) => Tensor;

/** Values that an affine layer computes with. */
export interface AffineWeights {
  /** [inputs, units] */
  readonly kernel: Tensor;
  /** [units] */
  readonly bias?: Tensor;
}

/** x W + b as an object, because plugins need its weights (STAR) or replace its computation (APG). */
export interface AffineLayer {
  /** x [rows, inputs] -> [rows, units], with the layer's own weights or with those given. */
  forward(x: Tensor, batch: DomainBatch, weights?: AffineWeights): Tensor;
  /** The layer's own parameters; undefined where it has no kernel (a plugin generates its weights row by row). */
  readonly parameters: { readonly kernel: Parameter; readonly bias?: Parameter } | undefined;
  /** True where `forward` is x W + b and nothing else, so that a plugin may compute it in a form of its own. */
  readonly plain?: boolean;
}
