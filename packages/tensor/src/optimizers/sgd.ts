import * as tf from '@tensorflow/tfjs-core';
import { attr } from '../native.js';
import type { UpdateRule } from './update-rule.js';

export interface SgdOptions {
  readonly learningRate: number;
  /** 0 is plain gradient descent. */
  readonly momentum: number;
}

/** Stochastic gradient descent; with momentum u = momentum u + g, w -= lr u (PyTorch's form, without dampening). */
export function sgd({ learningRate, momentum }: SgdOptions): UpdateRule {
  return {
    name: 'sgd',
    slots: momentum === 0 ? 0 : 1,
    initialSlot: 0,
    applyNative(variable, [velocity], gradient) {
      const { native } = variable;
      const attributes = [attr.type(native, 'T', 'float32'), attr.bool(native, 'use_locking', false)];
      const rate = tf.scalar(learningRate);
      if (!velocity) {
        variable.change('ResourceApplyGradientDescent', attributes, [rate, gradient]);
        return;
      }
      velocity.forget();
      const inputs = [velocity.handle, rate, gradient, tf.scalar(momentum)];
      variable.change('ResourceApplyMomentum', [...attributes, attr.bool(native, 'use_nesterov', false)], inputs);
    },
    applyHost(weights, [velocity], gradient) {
      for (let i = 0; i < weights.length; i++) {
        const g = velocity ? (velocity[i] = momentum * velocity[i]! + gradient[i]!) : gradient[i]!;
        weights[i]! -= learningRate * g;
      }
    },
  };
}
