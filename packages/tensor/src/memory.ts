import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';

/** Disposes every tensor made inside `body`, except those it returns (a tensor, or an array or object of tensors). */
export function tidy<T extends TensorContainer>(body: () => T): T {
  return tf.tidy(body);
}

/** Exempts a tensor from the tidy it was made in; whoever keeps it disposes it. */
export function keep<T extends Tensor>(tensor: T): T {
  return tf.keep(tensor);
}

/** Number of live tensors; tests compare it before and after to find leaks. */
export function liveTensors(): number {
  return tf.memory().numTensors;
}
