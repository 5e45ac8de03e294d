import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { attr, nativeOps } from '../native.js';
import { tf } from '../tfjs.js';

/** Result of a normalisation with the statistics of the batch. */
export interface NormalizedBatch {
  /** [rows, units] */
  readonly y: Tensor;
  /** [units] mean over the rows. */
  readonly mean: Tensor;
  /** [units] variance over the rows for moving averages. The divisor is rows - 1, or 1 for a single row. */
  readonly variance: Tensor;
}

/**
 * Normalises each unit over the rows of the batch, then scales and shifts: x [rows, units], scale and offset [units].
 * The variance for the normalisation has the divisor `rows`. Gradients flow to x, scale and offset.
 * Source: Ioffe and Szegedy, ICML 2015, algorithm 1.
 */
export function normalizeBatch(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): NormalizedBatch {
  recordFlops(8 * x.size);
  const rows = x.shape[0];
  return nativeOps() && rows > 1 ? fused(x, scale, offset, epsilon) : composed(x, scale, offset, epsilon);
}

/** Normalises with given statistics: x [rows, units], the others [units]. */
export function normalizeWith(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  scale: Tensor,
  offset: Tensor,
  epsilon: number,
) {
  recordFlops(2 * x.size);
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)));
}

function composed(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): NormalizedBatch {
  const rows = x.shape[0];
  const mean = tf.mean(x, 0);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), 0);
  const y = tf.add(tf.mul(centred, tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))), offset);
  return { y, mean, variance: rows > 1 ? tf.mul(variance, rows / (rows - 1)) : variance };
}

/** FusedBatchNormV3 wants [batch, height, width, channels]; rows take the place of the batch. */
function fused(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): NormalizedBatch {
  const native = nativeOps()!;
  const [rows, units] = x.shape as [number, number];
  const empty = tf.tensor1d([], 'float32');
  const attributes = [
    attr.type(native, 'T', 'float32'),
    attr.type(native, 'U', 'float32'),
    attr.float(native, 'epsilon', epsilon),
    attr.string(native, 'data_format', 'NHWC'),
    attr.bool(native, 'is_training', true),
  ];
  let statistics: [Tensor, Tensor] | undefined;
  const y = tf.customGrad((input, gamma, beta, save) => {
    const image = tf.reshape(input as Tensor, [rows, 1, 1, units]);
    const forward = [...attributes, attr.float(native, 'exponential_avg_factor', 1)];
    const outputs = native.executeMultipleOutputs(
      'FusedBatchNormV3',
      forward,
      [image, gamma as Tensor, beta as Tensor, empty, empty],
      6,
    );
    const [value, mean, variance, savedMean, savedVariance, reserve] = outputs as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    statistics = [tf.keep(mean), tf.keep(variance)];
    (save as (tensors: Tensor[]) => void)([image, gamma as Tensor, savedMean, savedVariance, reserve]);
    return {
      value: tf.reshape(value, [rows, units]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [xs, g, m, v, r] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
        const dyImage = tf.reshape(dy, [rows, 1, 1, units]);
        const gradients = native.executeMultipleOutputs(
          'FusedBatchNormGradV3',
          attributes,
          [dyImage, xs, g, m, v, r],
          5,
        );
        return [tf.reshape(firstOf(gradients), [rows, units]), gradients[1]!, gradients[2]!];
      },
    };
  })(x, scale, offset);
  const [mean, variance] = statistics!;
  // Copies belong to the caller's scope, so that no tensor outlives it.
  const result = { y, mean: tf.clone(mean), variance: tf.clone(variance) };
  mean.dispose();
  variance.dispose();
  return result;
}
