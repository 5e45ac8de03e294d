import type { Tensor } from '@tensorflow/tfjs-core';

/** Weights of an affine map for groups of rows: group g has the kernel `kernel * groupFactors[at[g]]`. */
export interface GroupWeights {
  /** [n, m] */
  readonly kernel: Tensor;
  /** [D, n, m] factors of the kernel. */
  readonly groupFactors: Tensor;
  /** [G] index of each group's factors, or -1 for none. Indices other than -1 must differ. */
  readonly at: readonly number[];
  /** [G, m] bias of each group; no bias by default. */
  readonly biases?: Tensor;
}
