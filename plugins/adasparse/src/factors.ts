import { keepAbove, mul, sigmoid, stepAbove, straightThrough, sub, type Tensor } from '@mdctr/tensor';
import type { AdaSparseOptions } from './options.js';

/**
 * Weighting factors pi of a layer, from the pruner's output `v` (v_in, any shape): AdaSparse, section 3.2. Below the
 * threshold a factor is 0; the papers' sign(|v| - eps) is this step.
 *
 * - binarization: 1 where sigma(alpha v) > eps, else 0; the gradient is that of sigma(alpha v) (straight-through).
 * - scaling: beta sigma(v); nothing is cut.
 * - fusion: beta sigma(alpha v) where that is > eps, else 0; gradient where kept, or everywhere by option.
 */
export function weightingFactors(v: Tensor, alpha: number, options: AdaSparseOptions): Tensor {
  const { form, beta, epsilon } = options;
  if (form === 'scaling') return mul(sigmoid(v), beta);
  const soft = sigmoid(mul(v, alpha));
  if (form === 'binarization') return straightThrough(stepAbove(soft, epsilon), soft);
  const graded = mul(soft, beta);
  const cut = keepAbove(graded, epsilon);
  return options.gradientThroughCut ? straightThrough(cut, graded) : cut;
}

/**
 * A differentiable stand-in for "this neuron is kept": the sigmoid of the same alpha, moved so that it is 1/2 where the
 * factor crosses the threshold. It grows where the count of kept neurons grows, so gradient and count agree in sign.
 */
export function softGate(v: Tensor, alpha: number, options: AdaSparseOptions): Tensor {
  const share = options.form === 'fusion' ? options.epsilon / options.beta : options.epsilon;
  return sigmoid(sub(mul(v, alpha), Math.log(share / (1 - share))));
}
