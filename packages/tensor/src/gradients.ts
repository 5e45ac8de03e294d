import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { activeRecorder } from './profile/scopes.js';
import { tf } from './tfjs.js';

/** A loss and its gradients. The caller disposes them, or runs inside `tidy`. */
export interface ValueAndGradients {
  readonly value: Scalar;
  /** One gradient for each input, of the same shape. undefined if the loss does not depend on the input. */
  readonly gradients: readonly (Tensor | undefined)[];
}

/** Computes a scalar loss and its gradients with respect to `inputs` in one pass. */
export function valueAndGradients(loss: () => Scalar, inputs: readonly Tensor[]): ValueAndGradients {
  const goBack = activeRecorder()?.mark();
  try {
    const { value, grads } = tf.engine().gradients(loss, [...inputs], undefined, true);
    return { value, gradients: grads.map((gradient) => gradient ?? undefined) };
  } finally {
    goBack?.();
  }
}
