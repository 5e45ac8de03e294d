import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { nativeOps } from '../native.js';
import { mul } from './arithmetic.js';
import { affine } from './linear.js';
import { RowGroupOps } from './row-group-ops.js';
import { concat, reshape, splitRows } from './shape.js';

/** Weights of an affine map that groups of rows share and scale: group g has the kernel `kernel * own[at[g]]`. */
export interface GroupWeights {
  /** [n, m] */
  readonly kernel: Tensor;
  /** [D, n, m] factors of the kernel. */
  readonly own: Tensor;
  /** [G] which factors a group takes, -1 for none; no two groups take the same. */
  readonly at: readonly number[];
  /** [G, m] the bias of each group; none by default. */
  readonly biases?: Tensor;
}

/**
 * An affine map with a kernel a group: rows g of x times (kernel * own[at[g]]), elementwise, plus biases[g]. x [B, n], of
 * which the first `sizes[0]` rows are group 0's, and so on; -> [B, m]. Each row is multiplied once, however many groups
 * there are, and only the factors of groups in the batch are read.
 */
export function groupAffine(x: Tensor, sizes: readonly number[], weights: GroupWeights): Tensor {
  const { kernel, at, biases } = weights;
  const native = nativeOps();
  const taken = at.filter((row) => row >= 0);
  if (!native || taken.length === 0) return composed(x, sizes, weights);
  recordFlops(2 * x.size * kernel.shape[1]! + taken.length * kernel.size);
  if (biases) recordFlops(x.shape[0]! * kernel.shape[1]!);
  return fused(new RowGroupOps(native, sizes), x, weights, taken);
}

function composed(x: Tensor, sizes: readonly number[], { kernel, own, at, biases }: GroupWeights): Tensor {
  const [n, m] = kernel.shape as [number, number];
  const factors = splitRows(own, Array<number>(own.shape[0]!).fill(1));
  const offsets = biases && splitRows(biases, Array<number>(sizes.length).fill(1));
  const parts = splitRows(x, sizes).map((rows, g) => {
    const factor = factors[at[g]!];
    const effective = factor ? mul(kernel, reshape(factor, [n, m])) : kernel;
    return affine(rows, effective, offsets && reshape(offsets[g]!, [m]));
  });
  return concat(parts, 0);
}

/**
 * With E_g = kernel * own_g and P_g = x_g^T dy_g the gradients are dx_g = dy_g E_g^T, d own_g = P_g * kernel,
 * d kernel = sum_g P_g * own_g and d biases_g = the sum of dy_g's rows. E and P are made once and used twice, and what
 * has the size of all kernels goes through one op for all groups: many small ops would take twice the time.
 */
function fused(ops: RowGroupOps, x: Tensor, { kernel, own, at, biases }: GroupWeights, taken: readonly number[]) {
  const [n, m] = kernel.shape as [number, number];
  const domains = own.shape[0]!;
  const whole = taken.length === domains && taken.every((row, i) => row === i);
  let count = 0;
  /** [G] where each group's factor stands among those taken; -1 for none. */
  const place = at.map((row) => (row >= 0 ? count++ : -1));

  const backward = (dy: Tensor, saved: Tensor[]): Tensor[] => {
    const [input, shared, factors, effective] = saved as [Tensor, Tensor, Tensor, Tensor];
    const rows = ops.split(input);
    const outputs = ops.split(dy);
    const kernels = ops.unstack(effective, taken.length);
    const dx = ops.concat(outputs.map((part, g) => ops.matMulTransposed(part, kernels[place[g]!] ?? shared)));
    const products = outputs.map((part, g) => ops.matMul(rows[g]!, part, true));
    const stack = ops.stack(products.filter((_, g) => place[g]! >= 0)); // [taken, n, m]
    const plain = products.filter((_, g) => place[g]! < 0);
    for (const product of products) if (!plain.includes(product)) product.dispose();
    const change = ops.mul(stack, shared);
    const scaled = ops.mul(stack, factors);
    stack.dispose();
    const total = ops.sum([tf.reshape(ops.sumFirst(scaled), [n, m]), ...plain]);
    scaled.dispose();
    const dOwn = whole ? change : ops.scatter(change, taken, domains);
    return [dx, total, dOwn, ...(biases ? [ops.stack(outputs.map(ops.sumRows))] : [])];
  };

  const forward = (...args: unknown[]): { value: Tensor; gradFunc: typeof backward } => {
    const save = args.pop() as (tensors: Tensor[]) => void;
    const [input, shared, all, shifts] = args as [Tensor, Tensor, Tensor, Tensor | undefined];
    const factors = whole ? all : ops.gather(all, taken);
    const effective = ops.mul(factors, shared); // [taken, n, m]
    const kernels = ops.unstack(effective, taken.length);
    const offsets = shifts && ops.unstack(shifts, at.length);
    const parts = ops.split(input).map((rows, g) => {
      const product = ops.matMul(rows, kernels[place[g]!] ?? shared);
      if (!offsets) return product;
      const shifted = ops.biasAdd(product, offsets[g]!);
      product.dispose(); // so that the next product finds its memory still in the cache
      return shifted;
    });
    save([input, shared, factors, effective]);
    return { value: ops.concat(parts), gradFunc: backward };
  };
  const differentiable = tf.customGrad(forward as Parameters<typeof tf.customGrad>[0]);
  return biases ? differentiable(x, kernel, own, biases) : differentiable(x, kernel, own);
}
