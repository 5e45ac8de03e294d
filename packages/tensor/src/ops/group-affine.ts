import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { nativeOps } from '../native.js';
import { mul } from './arithmetic.js';
import { affine } from './linear.js';
import { RowGroupOps } from './row-group-ops.js';
import { concat, reshape, splitRows } from './shape.js';

/** Weights of an affine map that groups of rows share and scale: group g has the kernel `kernel * own[g]`. */
export interface GroupWeights {
  /** [n, m] */
  readonly kernel: Tensor;
  /** [G] a factor [n, m] for each group; undefined where a group takes `kernel` as it is. */
  readonly own: readonly (Tensor | undefined)[];
  /** [G, m] the bias of each group; none by default. */
  readonly biases?: Tensor;
}

/**
 * An affine map with a kernel a group: rows g of x times (kernel * own[g]), elementwise, plus biases[g]. x [B, n], of
 * which the first `sizes[0]` rows are group 0's, and so on; -> [B, m]. Each row is multiplied once, however many groups
 * there are; a kernel is multiplied, and gets a gradient, only where its group is in the batch.
 */
export function groupAffine(x: Tensor, sizes: readonly number[], weights: GroupWeights): Tensor {
  const native = nativeOps();
  if (!native) return composed(x, sizes, weights);
  recordFlops(2 * x.size * weights.kernel.shape[1]!);
  recordFlops(weights.own.reduce((sum, own) => sum + (own?.size ?? 0), 0));
  if (weights.biases) recordFlops(x.shape[0]! * weights.kernel.shape[1]!);
  return fused(new RowGroupOps(native, sizes), x, weights);
}

function composed(x: Tensor, sizes: readonly number[], { kernel, own, biases }: GroupWeights): Tensor {
  const offsets =
    biases &&
    splitRows(
      biases,
      sizes.map(() => 1),
    );
  const parts = splitRows(x, sizes).map((rows, g) => {
    const factor = own[g];
    return affine(rows, factor ? mul(kernel, factor) : kernel, offsets && reshape(offsets[g]!, [-1]));
  });
  return concat(parts, 0);
}

/**
 * With E_g = kernel * own[g] and P_g = x_g^T dy_g the gradients are dx_g = dy_g E_g^T, d own[g] = P_g * kernel,
 * d kernel = sum_g P_g * own[g] and d biases[g] = the sum of dy_g's rows. E_g and P_g are made once and used twice;
 * what is no longer needed is disposed at once, so that the next group finds its memory still in the cache.
 */
function fused(ops: RowGroupOps, x: Tensor, { kernel, own, biases }: GroupWeights): Tensor {
  const factors = own.filter((factor) => factor !== undefined);
  let count = 0;
  /** Where each group's factor stands among the factors; -1 for none. */
  const place = own.map((factor) => (factor ? count++ : -1));
  const forward = (...args: unknown[]): { value: Tensor; gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor[] } => {
    const save = args.pop() as (tensors: Tensor[]) => void;
    const [input, shared, ...rest] = args as [Tensor, Tensor, ...Tensor[]];
    const scales = rest.slice(0, count);
    const effective = scales.map((scale) => ops.mul(scale, shared));
    const offsets = biases && ops.unstack(rest[count]!);
    const parts = ops.split(input).map((rows, g) => {
      const product = ops.matMul(rows, effective[place[g]!] ?? shared);
      if (!offsets) return product;
      const shifted = ops.biasAdd(product, offsets[g]!);
      product.dispose();
      return shifted;
    });
    save([input, shared, ...scales, ...effective]);
    return { value: ops.concat(parts), gradFunc: (dy, saved) => backward(ops, dy, saved, place, biases !== undefined) };
  };
  return tf.customGrad(forward as Parameters<typeof tf.customGrad>[0])(
    x,
    kernel,
    ...factors,
    ...(biases ? [biases] : []),
  );
}

/** `saved`: x, kernel, the factors, the kernels scaled by them. Gives dx, d kernel, d factors, d biases. */
function backward(ops: RowGroupOps, dy: Tensor, saved: Tensor[], place: readonly number[], biased: boolean): Tensor[] {
  const [x, kernel, ...rest] = saved as [Tensor, Tensor, ...Tensor[]];
  const count = rest.length / 2;
  const inputs = ops.split(x);
  const outputs = ops.split(dy);
  const own: Tensor[] = [];
  const shared: Tensor[] = [];
  const dx = outputs.map((rows, g) => {
    const at = place[g]!;
    const product = ops.matMul(inputs[g]!, rows, true);
    if (at < 0) shared.push(product);
    else {
      own[at] = ops.mul(product, kernel);
      shared.push(ops.mul(product, rest[at]!));
      product.dispose();
    }
    return ops.matMul(rows, at < 0 ? kernel : rest[count + at]!, false, true);
  });
  return [ops.concat(dx), ops.sum(shared), ...own, ...(biased ? [ops.stack(outputs.map(ops.sumRows))] : [])];
}
