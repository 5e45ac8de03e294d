import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { nativeOps } from '../native.js';
import { tf } from '../tfjs.js';
import type { Operand } from './arithmetic.js';
import { fromInput, portableExp } from './from-input.js';

const portableSqrt: (x: Tensor) => Tensor = fromInput(tf.sqrt, (x) => tf.div(0.5, portableSqrt(x)));

/**
 * a where the condition holds, else b; the choice itself is a constant. tfjs's own gradients of maximum and minimum
 * cannot be differentiated again, and have the wrong shape where an operand is broadcast.
 */
function choose(condition: Tensor, a: Operand, b: Operand): Tensor {
  const chosen = withoutGradient(() => tf.cast(condition, 'float32'));
  return tf.add(tf.mul(chosen, a), tf.mul(tf.sub(1, chosen), b));
}

function counted<T extends Tensor>(result: T): T {
  recordFlops(result.size);
  return result;
}

/** a / b, elementwise with broadcasting. */
export const div = (a: Operand, b: Operand): Tensor => counted(tf.div(a, b));
/** -x. */
export const neg = (x: Tensor): Tensor => counted(tf.neg(x));
/** x * x. */
export const square = (x: Tensor): Tensor => counted(tf.square(x));
/** Square root; the gradient at 0 is infinite. */
export const sqrt = (x: Tensor): Tensor => counted(nativeOps() ? tf.sqrt(x) : portableSqrt(x));
/** |x|; the gradient at 0 is 0. */
export const abs = (x: Tensor): Tensor => counted(tf.abs(x));
/** e to the x. */
export const exp = (x: Tensor): Tensor => counted(nativeOps() ? tf.exp(x) : portableExp(x));
/** Natural logarithm. */
export const log = (x: Tensor): Tensor => counted(tf.log(x));
/** The larger of two, elementwise with broadcasting. */
export const maximum = (a: Operand, b: Operand): Tensor => counted(choose(tf.greaterEqual(a, b), a, b));
/** The smaller of two, elementwise with broadcasting. */
export const minimum = (a: Operand, b: Operand): Tensor => counted(choose(tf.lessEqual(a, b), a, b));

/** 1 where x > threshold, else 0. The gradient is 0. */
export const stepAbove = (x: Tensor, threshold: number): Tensor =>
  counted(withoutGradient(() => tf.cast(tf.greater(x, threshold), 'float32')));

/** x where x > threshold, else 0. The gradient is 1 where x is kept, else 0. */
export function keepAbove(x: Tensor, threshold: number): Tensor {
  recordFlops(2 * x.size);
  return tf.customGrad((input, save) => {
    const kept = tf.cast(tf.greater(input as Tensor, threshold), 'float32');
    (save as (tensors: Tensor[]) => void)([kept]);
    return {
      value: tf.mul(input as Tensor, kept),
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, firstOf(saved)),
    };
  })(x);
}

/** Returns x as a constant: no gradient flows to it. */
export const stopGradient = (x: Tensor): Tensor => withoutGradient(() => tf.clone(x));

/**
 * Straight-through estimator: the value of `hard` with the gradient of `soft`. Both have the same shape.
 * Source: Bengio et al., arXiv 1308.3432.
 */
export function straightThrough(hard: Tensor, soft: Tensor): Tensor {
  const forward = tf.customGrad(() => ({ value: tf.clone(hard), gradFunc: (dy) => tf.clone(dy) }));
  return forward(soft);
}

/** What `body` computes has no inputs as far as the tape can see, so nothing is differentiated, and nothing is paid. */
function withoutGradient(body: () => Tensor): Tensor {
  return tf.customGrad(() => ({ value: body(), gradFunc: () => [] }))();
}
