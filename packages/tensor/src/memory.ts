import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';

/** Runs `body` and disposes all tensors made in it, except those in the returned tensor, array or object. */
export function tidy<T extends TensorContainer>(body: () => T): T {
  return tf.tidy(body);
}

/** Keeps a tensor when the enclosing `tidy` ends. The caller disposes it. */
export function keep<T extends Tensor>(tensor: T): T {
  return tf.keep(tensor);
}

/** Number of tensors that are not disposed. Tests compare it before and after a call to find leaks. */
export function liveTensors(): number {
  return tf.memory().numTensors;
}
