import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { GroupWeights } from './group-weights.js';
import type { RowGroupOps } from './row-group-ops.js';

/**
 * The same with TensorFlow's ops alone.
 * With E_g = kernel * own_g and P_g = x_g^T dy_g the gradients are dx_g = dy_g E_g^T, d own_g = P_g * kernel,
 * d kernel = sum_g P_g * own_g and d biases_g = the sum of dy_g's rows. E and P are made once and used twice, and what
 * has the size of all kernels goes through one op for all groups: many small ops would take twice the time.
 */
export function byRowGroups(
  ops: RowGroupOps,
  x: Tensor,
  { kernel, groupFactors, at, biases }: GroupWeights,
  taken: readonly number[],
) {
  const [n, m] = kernel.shape as [number, number];
  const domains = groupFactors.shape[0];
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
  const differentiable = tf.customGrad(forward);
  return biases ? differentiable(x, kernel, groupFactors, biases) : differentiable(x, kernel, groupFactors);
}
