import type { Tensor } from '@tensorflow/tfjs-core';

/** Weights of an affine map that groups of rows share and scale: group g has the kernel `kernel * groupFactors[at[g]]`. */
export interface GroupWeights {
  /** [n, m] */
  readonly kernel: Tensor;
  /** [D, n, m] factors of the kernel. */
  readonly groupFactors: Tensor;
  /** [G] which factors a group takes, -1 for none; no two groups take the same. */
  readonly at: readonly number[];
  /** [G, m] the bias of each group; none by default. */
  readonly biases?: Tensor;
}
