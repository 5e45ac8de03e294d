import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, hasOwnKernels, nativeOps, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { mul } from './arithmetic.js';
import { div, exp } from './elementwise.js';
import { take } from './take.js';

/** What a gradient needs of the forward pass must be saved: tensors made inside a pass do not outlive it otherwise. */
type Save = (tensors: Tensor[]) => void;

/**
 * Rows of x by index: x [n, k], index int32 [m] with values in [0, n) -> [m, k]. The gradient adds up the rows that
 * were taken more than once.
 */
export function gatherRows(x: Tensor, index: Tensor): Tensor {
  const rows = x.shape[0];
  return tf.customGrad((input, save) => {
    (save as Save)([index]);
    return {
      value: take(input as Tensor, index),
      gradFunc: (dy: Tensor, saved: Tensor[]) => segmentSum(dy, firstOf(saved), rows),
    };
  })(x);
}

/**
 * Sums rows by segment: x [m, k], segment int32 [m] with values in [0, segments) -> [segments, k]; a segment without
 * rows is 0.
 */
export function segmentSum(x: Tensor, segment: Tensor, segments: number): Tensor {
  recordFlops(x.size);
  return tf.customGrad((input, save) => {
    (save as Save)([segment]);
    return {
      value: sumBySegment(input as Tensor, segment, segments),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gatherRows(dy, firstOf(saved)),
    };
  })(x);
}

/**
 * Softmax within segments: x [m, 1], segment s being the rows `starts[s]` up to `starts[s + 1]` -> [m, 1], which adds up to 1
 * in each segment that has rows. What a segment gets does not depend on the others.
 */
export function segmentSoftmax(x: Tensor, starts: Int32Array): Tensor {
  recordFlops(x.size);
  const segments = starts.length - 1;
  const segmentOf = new Int32Array(x.shape[0]);
  const largest = new Float32Array(x.shape[0]);
  const values = x.dataSync() as Float32Array;
  for (let s = 0; s < segments; s++) {
    const [begin, end] = [starts[s]!, starts[s + 1]!];
    segmentOf.fill(s, begin, end);
    largest.fill(
      values.subarray(begin, end).reduce((most, value) => Math.max(most, value), -Infinity),
      begin,
      end,
    );
  }
  const segment = tf.tensor1d(segmentOf, 'int32');
  // The largest element only keeps the exponentials in range: the result, and so its gradient, does not depend on it.
  const powers = exp(tf.sub(x, tf.tensor2d(largest, [largest.length, 1])));
  return div(powers, gatherRows(segmentSum(powers, segment, segments), segment));
}

function sumBySegment(x: Tensor, segment: Tensor, segments: number): Tensor {
  const native = nativeOps();
  if (!native) {
    // The wasm backend has no UnsortedSegmentSum; its ScatterNd adds duplicates up.
    return tf.scatterND(tf.expandDims(segment, 1), x, [segments, ...x.shape.slice(1)]);
  }
  if (hasOwnKernels() && x.rank === 2) {
    return native.executeSingleOutput('MdctrSumRows', [], [x, segment, tf.scalar(segments, 'int32')]);
  }
  const attributes = [
    attr.type(native, 'T', 'float32'),
    attr.type(native, 'Tindices', 'int32'),
    attr.type(native, 'Tnumsegments', 'int32'),
  ];
  return native.executeSingleOutput('UnsortedSegmentSum', attributes, [x, segment, tf.scalar(segments, 'int32')]);
}

/**
 * Multiplies each row by the factors of its group: h [rows, units], factors [groups, units] or [groups, 1], group int32
 * [rows] -> [rows, units]. The gradient with respect to the factors is summed over each group's rows in one pass.
 */
export function scaleRows(h: Tensor, factors: Tensor, group: Tensor): Tensor {
  recordFlops(h.size);
  const groups = factors.shape[0];
  if (groups === 1) return tf.mul(h, factors);
  const native = nativeOps();
  if (!native || factors.shape[1] !== h.shape[1]) return tf.mul(h, gatherRows(factors, group));
  if (hasOwnKernels()) return scaleInOneKernel(native, h, factors, group);
  return tf.customGrad((rows, perGroup, save) => {
    const scale = take(perGroup as Tensor, group);
    (save as Save)([rows as Tensor, scale, group]);
    return {
      value: mul(rows as Tensor, scale),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, factor, index] = saved as [Tensor, Tensor, Tensor];
        return [mul(dy, factor), segmentSum(mul(dy, x), index, groups)];
      },
    };
  })(h, factors);
}

/** Our own kernel: the factors of each row are never written out, and both gradients take one pass. */
function scaleInOneKernel(native: NativeBackend, h: Tensor, factors: Tensor, group: Tensor): Tensor {
  return tf.customGrad((rows, perGroup, save) => {
    const inputs = [rows as Tensor, perGroup as Tensor, group];
    (save as Save)(inputs);
    return {
      value: native.executeSingleOutput('MdctrScaleRows', [], inputs),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        native.executeMultipleOutputs('MdctrScaleRowsGrad', [], [dy, ...saved], 2),
    };
  })(h, factors);
}
