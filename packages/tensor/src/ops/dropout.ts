import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import type { Random } from '../random.js';

/**
 * Sets a share `rate` of the elements to 0 and divides the others by 1 - rate (inverted dropout). The mask comes from
 * the seeded stream, 16 bits an element, so the rate is exact to 1/65536 and the same on every backend.
 * Source: Srivastava et al., JMLR 2014.
 */
export function dropout(x: Tensor, rate: number, random: Random): Tensor {
  if (rate === 0) return x;
  recordFlops(x.size);
  const threshold = Math.round(rate * 65536);
  const kept = 65536 / (65536 - threshold);
  const mask = new Float32Array(x.size);
  for (let i = 0; i < mask.length; i += 2) {
    const bits = random.bits();
    if ((bits & 0xffff) >= threshold) mask[i] = kept;
    if (bits >>> 16 >= threshold && i + 1 < mask.length) mask[i + 1] = kept;
  }
  return tf.mul(x, tf.tensor(mask, x.shape, 'float32'));
}
