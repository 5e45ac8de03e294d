import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { hasOwnKernels, kernelPrecision, NARROW, nativeOps, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { mul } from './arithmetic.js';
import { affine } from './linear.js';
import { byRowGroups } from './group-affine-ops.js';
import type { GroupWeights } from './group-weights.js';
import { RowGroupOps } from './row-group-ops.js';
import { concat, reshape, splitRows } from './shape.js';

/**
 * An affine map with a kernel a group: rows g of x times (kernel * groupFactors[at[g]]), elementwise, plus biases[g]. x [B, n], of
 * which the first `sizes[0]` rows are group 0's, and so on; -> [B, m]. Each row is multiplied once, however many groups
 * there are, and only the factors of groups in the batch are read.
 */
export function groupAffine(x: Tensor, sizes: readonly number[], weights: GroupWeights): Tensor {
  const { kernel, at, biases } = weights;
  const native = nativeOps();
  const taken = at.filter((row) => row >= 0);
  if (!native || taken.length === 0) return composed(x, sizes, weights);
  recordFlops(2 * x.size * kernel.shape[1]! + taken.length * kernel.size);
  if (biases) recordFlops(x.shape[0] * kernel.shape[1]!);
  // As `affine`: rows of one domain get the bits of the plain backbone.
  const narrow = sizes.length === 1 && kernel.shape[1]! < NARROW;
  if (hasOwnKernels() && !narrow) return inOneKernel(native, x, sizes, weights);
  return byRowGroups(new RowGroupOps(native, sizes), x, weights, taken);
}

/** Our own kernel: it forms each product of kernels where it packs it for the matrix product, so none is ever stored. */
function inOneKernel(native: NativeBackend, x: Tensor, sizes: readonly number[], weights: GroupWeights): Tensor {
  const { kernel, groupFactors, at, biases } = weights;
  const attributes = [kernelPrecision(native, kernel.shape[1]!)];
  const groups = (): Tensor[] => [tf.tensor1d([...sizes], 'int32'), tf.tensor1d([...at], 'int32')];
  const forward = (...args: unknown[]) => {
    const save = args.pop() as (tensors: Tensor[]) => void;
    const [input, shared, factors, offsets = tf.zeros([0])] = args as Tensor[];
    save([input!, shared!, factors!]);
    const inputs = [input!, shared!, factors!, offsets, ...groups()];
    return { value: native.executeSingleOutput('MdctrGroupAffine', attributes, inputs), gradFunc: backward };
  };
  const backward = (dy: Tensor, saved: Tensor[]): Tensor[] =>
    native
      .executeMultipleOutputs('MdctrGroupAffineGrad', attributes, [dy, ...saved, ...groups()], 4)
      .slice(0, biases ? 4 : 3);
  const differentiable = tf.customGrad(forward);
  return biases ? differentiable(x, kernel, groupFactors, biases) : differentiable(x, kernel, groupFactors);
}

function composed(x: Tensor, sizes: readonly number[], { kernel, groupFactors, at, biases }: GroupWeights): Tensor {
  const [n, m] = kernel.shape as [number, number];
  const factors = splitRows(groupFactors, Array<number>(groupFactors.shape[0]).fill(1));
  const offsets = biases && splitRows(biases, Array<number>(sizes.length).fill(1));
  const parts = splitRows(x, sizes).map((rows, g) => {
    const factor = factors[at[g]!];
    const effective = factor ? mul(kernel, reshape(factor, [n, m])) : kernel;
    return affine(rows, effective, offsets && reshape(offsets[g]!, [m]));
  });
  return concat(parts, 0);
}
