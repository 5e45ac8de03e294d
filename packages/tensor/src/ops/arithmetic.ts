import { firstOf, pairOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, hasOwnKernels, nativeOps, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';

/** A tensor, or a number that is treated as a tensor of one element. Shapes broadcast as in NumPy. */
export type Operand = Tensor | number;

/**
 * An op on two operands. `left` and `right` give the gradient by that operand, from dy and the other operand, where
 * both have one shape.
 */
interface BinaryOp {
  readonly op: 'AddV2' | 'Sub' | 'Mul';
  readonly portable: (a: Operand, b: Operand) => Tensor;
  readonly left: (native: NativeBackend, dy: Tensor, other: Tensor) => Tensor;
  readonly right: (native: NativeBackend, dy: Tensor, other: Tensor) => Tensor;
}

const execute = (native: NativeBackend, op: string, inputs: Tensor[]): Tensor =>
  native.executeSingleOutput(op, [attr.type(native, 'T', 'float32')], inputs);
// A copy of the handle only: the tape disposes what it has added up.
const pass = (_native: NativeBackend, dy: Tensor): Tensor => tf.clone(dy);
const timesOther = (native: NativeBackend, dy: Tensor, other: Tensor): Tensor => execute(native, 'Mul', [dy, other]);

const addition: BinaryOp = { op: 'AddV2', portable: tf.add, left: pass, right: pass };
const subtraction: BinaryOp = {
  op: 'Sub',
  portable: tf.sub,
  left: pass,
  right: (native, dy) => execute(native, 'Neg', [dy]),
};
const multiplication: BinaryOp = { op: 'Mul', portable: tf.mul, left: timesOther, right: timesOther };

/** a + b, elementwise with broadcasting. */
export const add = (a: Operand, b: Operand): Tensor => apply(addition, a, b);
/** a - b, elementwise with broadcasting. */
export const sub = (a: Operand, b: Operand): Tensor => apply(subtraction, a, b);
/** a * b, elementwise with broadcasting. */
export const mul = (a: Operand, b: Operand): Tensor => apply(multiplication, a, b);

/** a * b + c, elementwise; all of one shape. */
export function mulAdd(a: Tensor, b: Tensor, c: Tensor): Tensor {
  const native = nativeOps();
  if (!native || !hasOwnKernels() || !sameShape(a, b) || !sameShape(a, c)) return add(mul(a, b), c);
  recordFlops(2 * a.size);
  return tf.customGrad((x, y, z, save) => {
    const factors = [x as Tensor, y as Tensor];
    (save as (tensors: Tensor[]) => void)(factors);
    return {
      value: native.executeSingleOutput('MdctrMulAdd', [], [...factors, z as Tensor]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => [
        ...native.executeMultipleOutputs('MdctrMulAddGrad', [], [dy, ...saved], 2),
        tf.clone(dy),
      ],
    };
  })(a, b, c);
}

/**
 * The native form where no shape is broadcast but that of a number: tfjs casts, sums and reshapes on the way back
 * even then, which costs more ops than the arithmetic.
 */
function apply(rule: BinaryOp, a: Operand, b: Operand): Tensor {
  const native = nativeOps();
  let result: Tensor;
  if (native && typeof a !== 'number' && typeof b !== 'number' && sameShape(a, b))
    result = ofTensors(native, rule, a, b);
  else if (native && typeof a !== 'number' && typeof b === 'number') result = withNumber(native, rule, a, b, 'left');
  else if (native && typeof a === 'number' && typeof b !== 'number') result = withNumber(native, rule, b, a, 'right');
  else result = rule.portable(a, b);
  recordFlops(result.size);
  return result;
}

function ofTensors(native: NativeBackend, rule: BinaryOp, a: Tensor, b: Tensor): Tensor {
  return tf.customGrad((x, y, save) => {
    const inputs = [x as Tensor, y as Tensor];
    (save as (tensors: Tensor[]) => void)(inputs);
    return {
      value: execute(native, rule.op, inputs),
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [left, right] = pairOf(saved);
        return [rule.left(native, dy, right), rule.right(native, dy, left)];
      },
    };
  })(a, b);
}

/** `side` is where the tensor stands. The number is a constant: it has no gradient, and costs none. */
function withNumber(native: NativeBackend, rule: BinaryOp, x: Tensor, value: number, side: 'left' | 'right'): Tensor {
  return tf.customGrad((input, save) => {
    const constant = tf.scalar(value);
    (save as (tensors: Tensor[]) => void)([constant]);
    const operands = side === 'left' ? [input as Tensor, constant] : [constant, input as Tensor];
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => rule[side](native, dy, firstOf(saved));
    return { value: execute(native, rule.op, operands), gradFunc };
  })(x);
}

function sameShape(a: Tensor, b: Tensor): boolean {
  return a.rank === b.rank && a.shape.every((size, axis) => size === b.shape[axis]);
}
