import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, nativeOps } from '../native.js';
import { fromInput, portableExp } from './from-input.js';

/** The activations a layer can be configured with. */
export const ACTIVATIONS = ['relu', 'leakyRelu', 'elu', 'gelu', 'silu', 'sigmoid', 'tanh', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/**
 * An op whose gradient is a fused TensorFlow op of (y, dy): tfjs composes the same gradient out of three to five ops,
 * which costs more than the forward pass.
 */
function fused(forwardOp: string, gradientOp: string, order: 'y,dy' | 'dy,y', portable: (x: Tensor) => Tensor) {
  return (x: Tensor): Tensor => {
    recordFlops(x.size);
    const native = nativeOps();
    if (!native) return portable(x);
    const attributes = [attr.type(native, 'T', 'float32')];
    return tf.customGrad((input, save) => {
      const y = native.executeSingleOutput(forwardOp, attributes, [input as Tensor]);
      (save as (tensors: Tensor[]) => void)([y]);
      const gradFunc = (dy: Tensor, [saved]: Tensor[]): Tensor =>
        native.executeSingleOutput(gradientOp, attributes, order === 'y,dy' ? [saved!, dy] : [dy, saved!]);
      return { value: y, gradFunc };
    })(x);
  };
}

const portableSigmoid: (x: Tensor) => Tensor = fromInput(tf.sigmoid, (x) => {
  const y = portableSigmoid(x);
  return tf.sub(y, tf.mul(y, y));
});
const portableTanh: (x: Tensor) => Tensor = fromInput(tf.tanh, (x) => {
  const y = portableTanh(x);
  return tf.sub(1, tf.mul(y, y));
});
// e^min(x, 0); the gradient of tf.minimum has none of its own.
const portableElu = fromInput(tf.elu, (x) => portableExp(tf.neg(tf.relu(tf.neg(x)))));
const portableLeakyRelu = fromInput(
  (x) => tf.leakyRelu(x, 0.01),
  (x) => tf.step(x, 0.01),
);

/** max(x, 0); the gradient at 0 is 0. */
export const relu = fused('Relu', 'ReluGrad', 'dy,y', (x) => tf.relu(x));
/** 1 / (1 + e^-x). */
export const sigmoid = fused('Sigmoid', 'SigmoidGrad', 'y,dy', portableSigmoid);
/** Hyperbolic tangent. */
export const tanh = fused('Tanh', 'TanhGrad', 'y,dy', portableTanh);
/** x for x > 0, else e^x - 1. */
export const elu = fused('Elu', 'EluGrad', 'dy,y', portableElu);

/** x for x > 0, else 0.01 x. */
export function leakyRelu(x: Tensor): Tensor {
  recordFlops(x.size);
  return nativeOps() ? tf.leakyRelu(x, 0.01) : portableLeakyRelu(x);
}

/** x sigmoid(x), also called swish. */
export function silu(x: Tensor): Tensor {
  recordFlops(x.size);
  return tf.mul(x, sigmoid(x));
}

/** Gaussian error linear unit in its exact form, x Phi(x). Source: Hendrycks and Gimpel, arXiv 1606.08415. */
export function gelu(x: Tensor): Tensor {
  recordFlops(4 * x.size);
  return tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));
}

const byName: Record<Activation, (x: Tensor) => Tensor> = {
  relu,
  leakyRelu,
  elu,
  gelu,
  silu,
  sigmoid,
  tanh,
  linear: (x) => x,
};

/** Applies the activation of that name, elementwise. */
export function activate(name: Activation, x: Tensor): Tensor {
  return byName[name](x);
}
