import { firstOf } from '@mdctr/base';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { recordFlops } from '../flops.js';
import { hasOwnKernels, nativeOps, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { exp } from './elementwise.js';

/**
 * Mean binary cross entropy of logits [rows, 1] against labels [rows, 1] in [0, 1], in the form that cannot overflow:
 * max(x, 0) - x z + log(1 + e^-|x|). With `weights` [rows, 1] each row's loss is multiplied by its own; the mean is still over
 * the number of rows.
 */
export function sigmoidCrossEntropy(logits: Tensor, labels: Tensor, weights?: Tensor): Scalar {
  recordFlops(5 * logits.size);
  const native = nativeOps();
  if (native && hasOwnKernels()) return inOneKernel(native, logits, labels, weights);
  const loss = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), tf.log1p(exp(tf.neg(tf.abs(logits)))));
  return tf.mean(weights ? tf.mul(loss, weights) : loss);
}

/**
 * Mean focal loss of logits [rows, 1] against labels [rows, 1] in [0, 1]: (1 - p)^gamma times the cross entropy, p being the
 * probability of the label; labels between 0 and 1 mix both. `gamma` 0 is cross entropy. Weights as above: alpha of the paper is one.
 * Source: Lin et al., ICCV 2017, arXiv 1708.02002, equation 5. In logarithms, so that nothing overflows.
 */
export function sigmoidFocalLoss(gamma: number, logits: Tensor, labels: Tensor, weights?: Tensor): Scalar {
  recordFlops(16 * logits.size);
  const ofOther = tf.add(tf.relu(logits), tf.log1p(exp(tf.neg(tf.abs(logits))))); // -log(1 - p)
  const ofClick = tf.sub(ofOther, logits); // -log p
  const click = tf.mul(exp(tf.mul(ofOther, -gamma)), ofClick);
  const other = tf.mul(exp(tf.mul(ofClick, -gamma)), ofOther);
  const loss = tf.add(tf.mul(labels, click), tf.mul(tf.sub(1, labels), other));
  return tf.mean(weights ? tf.mul(loss, weights) : loss);
}

/** The gradient by the logits comes with the loss; labels and weights have none. */
function inOneKernel(native: NativeBackend, logits: Tensor, labels: Tensor, weights = tf.zeros([0])): Scalar {
  return tf.customGrad((x, save) => {
    const inputs = [x as Tensor, labels, weights];
    const [loss, slopes] = native.executeMultipleOutputs('MdctrSigmoidCrossEntropy', [], inputs, 2) as [Scalar, Tensor];
    (save as (tensors: Tensor[]) => void)([slopes]);
    return { value: loss, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(firstOf(saved), dy) };
  })(logits);
}
