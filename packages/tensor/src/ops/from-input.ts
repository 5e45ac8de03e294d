import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';

/**
 * An elementwise op whose derivative is computed from its input. tfjs computes those of exp, sigmoid, tanh and others
 * from the saved output, which its tape does not connect with the input: second derivatives come out wrong, without an
 * error. `derivative` must itself be made of ops that are differentiable any number of times.
 */
export function fromInput(value: (x: Tensor) => Tensor, derivative: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return (x) =>
    tf.customGrad((input, save) => {
      (save as (tensors: Tensor[]) => void)([input as Tensor]);
      return {
        value: value(input as Tensor),
        gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, derivative(firstOf(saved))),
      };
    })(x);
}

/** e to the x, differentiable any number of times. */
export const portableExp: (x: Tensor) => Tensor = fromInput(tf.exp, (x) => portableExp(x));
