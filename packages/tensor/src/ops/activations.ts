import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, hasOwnKernels, nativeOps, type Attribute, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { fromInput, portableExp } from './from-input.js';

/** The activations a layer can be configured with. */
export const ACTIVATIONS = ['relu', 'leakyRelu', 'elu', 'gelu', 'silu', 'sigmoid', 'tanh', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

interface FusedOptions {
  readonly attributes?: (native: NativeBackend) => Attribute[];
  /** Whether it is one of our own kernels, without which the portable form stands in. */
  readonly ownKernel?: boolean;
}

/**
 * An op whose gradient is a fused op of dy and either y or x: tfjs composes the same gradient out of three to five ops,
 * which costs more than the forward pass.
 */
function fused(
  forwardOp: string,
  gradientOp: string,
  gradientOf: 'y,dy' | 'dy,y' | 'dy,x',
  portable: (x: Tensor) => Tensor,
  { attributes: further = () => [], ownKernel = false }: FusedOptions = {},
) {
  return (x: Tensor): Tensor => {
    const native = nativeOps();
    if (!native || (ownKernel && !hasOwnKernels())) return portable(x);
    const attributes = [...(ownKernel ? [] : [attr.type(native, 'T', 'float32')]), ...further(native)];
    return tf.customGrad((input, save) => {
      const y = native.executeSingleOutput(forwardOp, attributes, [input as Tensor]);
      (save as (tensors: Tensor[]) => void)([gradientOf === 'dy,x' ? (input as Tensor) : y]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
        const value = firstOf(saved);
        return native.executeSingleOutput(gradientOp, attributes, gradientOf === 'y,dy' ? [value, dy] : [dy, value]);
      };
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

/** The same op, counted: floating-point operations an element. */
const counted =
  (flops: number, op: (x: Tensor) => Tensor) =>
  (x: Tensor): Tensor => {
    recordFlops(flops * x.size);
    return op(x);
  };

/** max(x, 0); the gradient at 0 is 0. */
export const relu = counted(
  1,
  fused('Relu', 'ReluGrad', 'dy,y', (x) => tf.relu(x)),
);
const plainSigmoid = fused('Sigmoid', 'SigmoidGrad', 'y,dy', portableSigmoid);
/** 1 / (1 + e^-x). */
export const sigmoid = counted(1, plainSigmoid);
/** Hyperbolic tangent. */
export const tanh = counted(1, fused('Tanh', 'TanhGrad', 'y,dy', portableTanh));
/** x for x > 0, else e^x - 1. */
export const elu = counted(1, fused('Elu', 'EluGrad', 'dy,y', portableElu));
/** x for x > 0, else 0.01 x. */
export const leakyRelu = counted(
  1,
  fused('LeakyRelu', 'LeakyReluGrad', 'dy,x', portableLeakyRelu, {
    attributes: (native) => [attr.float(native, 'alpha', 0.01)],
  }),
);
/** x sigmoid(x), also called swish. */
export const silu = counted(
  2,
  fused('MdctrSilu', 'MdctrSiluGrad', 'dy,x', (x) => tf.mul(x, plainSigmoid(x)), { ownKernel: true }),
);
const portableGelu = (x: Tensor): Tensor => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));
/** Gaussian error linear unit in its exact form, x Phi(x). Source: Hendrycks and Gimpel, arXiv 1606.08415. */
export const gelu = counted(4, fused('MdctrGelu', 'MdctrGeluGrad', 'dy,x', portableGelu, { ownKernel: true }));

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
