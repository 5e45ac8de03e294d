import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, nativeOps } from '../native.js';

/**
 * Matrix product over the last two dimensions: [..., n, k] x [..., k, m] -> [..., n, m]. A transpose flag swaps the last
 * two dimensions of that operand first.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  const inner = transposeA ? a.shape[a.rank - 2]! : a.shape[a.rank - 1]!;
  const product = tf.matMul(a, b, transposeA, transposeB);
  recordFlops(2 * product.size * inner);
  return product;
}

/** x + bias: x [rows, units], bias [units]. */
export function biasAdd(x: Tensor, bias: Tensor): Tensor {
  recordFlops(x.size);
  const native = nativeOps();
  if (!native) return tf.add(x, bias);
  const attributes = [attr.type(native, 'T', 'float32'), attr.string(native, 'data_format', 'NHWC')];
  return tf.customGrad((input, offset) => ({
    value: native.executeSingleOutput('BiasAdd', attributes, [input as Tensor, offset as Tensor]),
    gradFunc: (dy) => [
      (dy as Tensor).clone(),
      native.executeSingleOutput('BiasAddGrad', attributes, [dy as Tensor]),
    ],
  }))(x, bias);
}

/** x W + b: x [rows, inputs], kernel [inputs, units], bias [units] -> [rows, units]. */
export function affine(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor {
  const product = matMul(x, kernel);
  return bias ? biasAdd(product, bias) : product;
}
