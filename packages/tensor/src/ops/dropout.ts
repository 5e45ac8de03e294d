import type { Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { hasOwnKernels, nativeOps, type NativeBackend } from '../native.js';
import type { Random } from '@mdctr/base';
import { tf } from '../tfjs.js';

/**
 * Sets a share `rate` of the elements to 0 and divides the others by 1 - rate (inverted dropout). A key of 64 bits comes
 * from the seeded stream, and each element's lot, 16 bits, from the key and its place: so the rate is exact to 1/65536, the
 * mask the same on every backend, and nothing of the size of x is drawn or stored.
 * Source: Srivastava et al., JMLR 2014.
 */
export function dropout(x: Tensor, rate: number, random: Random): Tensor {
  if (rate === 0) return x;
  recordFlops(x.size);
  const threshold = Math.round(rate * 65536);
  const lottery: Lottery = { key: [random.bits(), random.bits()], threshold, factor: 65536 / (65536 - threshold) };
  const native = nativeOps();
  return native && hasOwnKernels() ? inOneKernel(native, x, lottery) : tf.mul(x, mask(x.shape, lottery));
}

interface Lottery {
  readonly key: readonly [number, number];
  /** Lots below it lose. */
  readonly threshold: number;
  /** What winners are multiplied by. */
  readonly factor: number;
}

function inOneKernel(native: NativeBackend, x: Tensor, { key, threshold, factor }: Lottery): Tensor {
  const apply = (to: Tensor): Tensor =>
    native.executeSingleOutput(
      'MdctrDropout',
      [],
      [to, tf.tensor1d(Int32Array.of(...key)), tf.tensor1d([threshold, factor])],
    );
  return tf.customGrad((input) => ({ value: apply(input as Tensor), gradFunc: (dy) => apply(dy) }))(x);
}

/** Two neighbours share 32 bits: a hash of their place and the key. */
function mask(shape: number[], { key: [first, second], threshold, factor }: Lottery): Tensor {
  const values = new Float32Array(shape.reduce((size, n) => size * n, 1));
  for (let i = 0; i < values.length; i += 2) {
    const bits = mixed(mixed((i / 2 + first) | 0) ^ second);
    if ((bits & 0xffff) >= threshold) values[i] = factor;
    if (bits >>> 16 >= threshold && i + 1 < values.length) values[i + 1] = factor;
  }
  return tf.tensor(values, shape, 'float32');
}

/** The last step of MurmurHash3, a bijection of 32 bits that mixes all of them. */
function mixed(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
