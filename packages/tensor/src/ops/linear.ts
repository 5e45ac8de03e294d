import { pairOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, hasOwnKernels, kernelPrecision, NARROW, nativeOps, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { activate, type Activation } from './activations.js';

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
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [x, y] = pairOf(saved);
      return [
        transposeA ? multiply(y, dy, transposeB, true) : multiply(dy, y, false, !transposeB),
        transposeB ? multiply(dy, x, true, transposeA) : multiply(x, dy, !transposeA, false),
      ];
    };
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
    gradFunc: (dy) => [dy.clone(), native.executeSingleOutput('BiasAddGrad', attributes, [dy])],
  }))(x, bias);
}

/**
 * A dense layer, act(x W + b): x [rows, inputs], kernel [inputs, units], bias [units] -> [rows, units]; without an
 * activation, an affine map.
 */
export function affine(x: Tensor, kernel: Tensor, bias?: Tensor, activation: Activation = 'linear'): Tensor {
  const native = nativeOps();
  if (native && hasOwnKernels() && kernel.shape[1]! >= NARROW) {
    const inside = activation === 'relu' || activation === 'linear';
    const y = denseKernel(native, x, kernel, bias, activation === 'relu');
    return inside ? y : activate(activation, y);
  }
  const product = matMul(x, kernel);
  return activate(activation, bias ? biasAdd(product, bias) : product);
}

function denseKernel(
  native: NativeBackend,
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | undefined,
  relu: boolean,
): Tensor {
  const units = kernel.shape[1]!;
  recordFlops(x.shape[0] * units * (2 * x.shape[1]! + (bias ? 1 : 0) + (relu ? 1 : 0)));
  const attributes = [attr.int(native, 'relu', relu ? 1 : 0), kernelPrecision(native, units)];
  const forward = (...args: unknown[]) => {
    const save = args.pop() as (tensors: Tensor[]) => void;
    const [input, weights, offsets = none()] = args as Tensor[];
    const y = native.executeSingleOutput('MdctrDense', attributes, [input!, weights!, offsets]);
    save(relu ? [input!, weights!, y] : [input!, weights!]);
    return { value: y, gradFunc: backward };
  };
  const backward = (dy: Tensor, [input, weights, y = none()]: Tensor[]): Tensor[] =>
    native.executeMultipleOutputs('MdctrDenseGrad', attributes, [dy, input!, weights!, y], 3).slice(0, bias ? 3 : 2);
  const differentiable = tf.customGrad(forward);
  return bias ? differentiable(x, kernel, bias) : differentiable(x, kernel);
}

/** What stands for a tensor that an op is not given. */
const none = (): Tensor => tf.zeros([0]);
