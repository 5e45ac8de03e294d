import type { Gradients } from '@mdctr/core';
import { add, keep, type Parameter, type Scalar, type Tensor } from '@mdctr/tensor';

/** Adds up the gradients of several tasks; holds tensors until they are handed over. */
export class GradientSum {
  private loss: Tensor | undefined;
  private rows: Tensor | undefined;
  private readonly dense = new Map<Parameter, Tensor>();

  constructor(private readonly parameters: readonly Parameter[]) {}

  /** `gradients` are those by the embedding rows [U, k] and by each parameter. To be called inside `tidy`. */
  add(loss: Tensor, [byRows, ...byParameters]: readonly (Tensor | undefined)[]): void {
    this.loss = sumOf(this.loss, loss);
    if (byRows) this.rows = sumOf(this.rows, byRows);
    this.parameters.forEach((parameter, i) => {
      const gradient = byParameters[i];
      if (gradient) this.dense.set(parameter, sumOf(this.dense.get(parameter), gradient));
    });
  }

  /** The sums, by the rows `ids` of the embedding table; the caller disposes them. */
  take(ids: Int32Array): Gradients {
    if (!this.loss || !this.rows) throw new Error('The logit does not depend on the embedded fields.');
    return { loss: this.loss as Scalar, dense: this.dense, rows: { ids, gradient: this.rows } };
  }
}

function sumOf(before: Tensor | undefined, more: Tensor): Tensor {
  if (!before) return keep(more);
  const sum = keep(add(before, more));
  before.dispose();
  return sum;
}
