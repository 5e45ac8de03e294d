import type { Tensor } from '@tensorflow/tfjs-core';
import { attr, nativeStorage } from '../native.js';
import { tf } from '../tfjs.js';

/**
 * Entries of the first dimension by index, outside the tape: x [n, ...], index int32 [m] with values in [0, n) -> [m, ...].
 * TensorFlow checks the range itself; tfjs-node's own form first reads the index back and makes a closure for each entry.
 */
export function take(x: Tensor, index: Tensor): Tensor {
  const native = nativeStorage();
  if (!native) return tf.gather(x, index);
  const attributes = [
    attr.type(native, 'Tparams', 'float32'),
    attr.type(native, 'Tindices', 'int32'),
    attr.bool(native, 'validate_indices', true),
  ];
  return native.executeSingleOutput('Gather', attributes, [x, index]);
}
