import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, nativeOps, type NativeBackend } from '../native.js';

/**
 * Matrix product over the last two dimensions: [..., n, k] x [..., k, m] -> [..., n, m]. A transpose flag swaps the last
 * two dimensions of that operand first.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  const inner = transposeA ? a.shape[a.rank - 2]! : a.shape[a.rank - 1]!;
  const native = nativeOps();
  const product =
    native && a.rank === 2 && b.rank === 2
      ? nativeMatMul(native, a, b, transposeA, transposeB)
      : tf.matMul(a, b, transposeA, transposeB);
  recordFlops(2 * product.size * inner);
  return product;
}

/** TensorFlow's MatMul: tfjs takes BatchMatMulV2 for matrices too, with two reshapes around it. */
function nativeMatMul(native: NativeBackend, a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const multiply = (x: Tensor, y: Tensor, swapX: boolean, swapY: boolean): Tensor =>
    native.executeSingleOutput(
      'MatMul',
      [
        attr.type(native, 'T', 'float32'),
        attr.bool(native, 'transpose_a', swapX),
        attr.bool(native, 'transpose_b', swapY),
      ],
      [x, y],
    );
  return tf.customGrad((left, right, save) => {
    (save as (tensors: Tensor[]) => void)([left as Tensor, right as Tensor]);
    const gradFunc = (dy: Tensor, [x, y]: Tensor[]): Tensor[] => [
      transposeA ? multiply(y!, dy, transposeB, true) : multiply(dy, y!, false, !transposeB),
      transposeB ? multiply(dy, x!, true, transposeA) : multiply(x!, dy, !transposeA, false),
    ];
    return { value: multiply(left as Tensor, right as Tensor, transposeA, transposeB), gradFunc };
  })(a, b);
}

/** x + bias: x [rows, units], bias [units]. */
export function biasAdd(x: Tensor, bias: Tensor): Tensor {
  recordFlops(x.size);
  const native = nativeOps();
  if (!native) return tf.add(x, bias);
  const attributes = [attr.type(native, 'T', 'float32'), attr.string(native, 'data_format', 'NHWC')];
  return tf.customGrad((input, offset) => ({
    value: native.executeSingleOutput('BiasAdd', attributes, [input as Tensor, offset as Tensor]),
    gradFunc: (dy) => [(dy as Tensor).clone(), native.executeSingleOutput('BiasAddGrad', attributes, [dy as Tensor])],
  }))(x, bias);
}

/** x W + b: x [rows, inputs], kernel [inputs, units], bias [units] -> [rows, units]. */
export function affine(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor {
  const product = matMul(x, kernel);
  return bias ? biasAdd(product, bias) : product;
}
