import * as tf from '@tensorflow/tfjs-core';
import { attr } from '../native.js';
import type { UpdateRule } from './update-rule.js';

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adam. m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
 * Source: Kingma and Ba, ICLR 2015, algorithm 1; epsilon stands where the paper and PyTorch have it.
 */
export function adam({ learningRate, beta1, beta2, epsilon }: AdamOptions): UpdateRule {
  return {
    name: 'adam',
    slots: 2,
    initialSlot: 0,
    applyNative(variable, [m, v], gradient, step) {
      const attributes = [
        attr.type(variable.native, 'T', 'float32'),
        attr.bool(variable.native, 'use_locking', false),
        attr.bool(variable.native, 'use_nesterov', false),
      ];
      // TensorFlow's op adds epsilon before it corrects the bias of v; scaling epsilon puts it where the paper has it.
      const scalars = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, epsilon * Math.sqrt(1 - beta2 ** step)];
      m!.forget();
      v!.forget();
      variable.change('ResourceApplyAdam', attributes, [m!.handle, v!.handle, ...scalars.map((x) => tf.scalar(x)), gradient]);
    },
    applyHost(weights, [m, v], gradient, step) {
      const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      const floor = epsilon * Math.sqrt(1 - beta2 ** step);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        m![i] = beta1 * m![i]! + (1 - beta1) * g;
        v![i] = beta2 * v![i]! + (1 - beta2) * g * g;
        weights[i]! -= (rate * m![i]!) / (Math.sqrt(v![i]!) + floor);
      }
    },
  };
}
