import * as tf from '@tensorflow/tfjs-core';
import { attr } from '../native.js';
import type { IdleRule, UpdateRule } from './update-rule.js';

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
export function adam(options: AdamOptions): UpdateRule {
  const { learningRate, beta1, beta2, epsilon } = options;
  return {
    name: 'adam',
    slots: 2,
    initialSlot: 0,
    idle: idleAdam(options),
    applyNative(variable, [m, v], gradient, step, scalars) {
      const attributes = [
        attr.type(variable.native, 'T', 'float32'),
        attr.bool(variable.native, 'use_locking', false),
        attr.bool(variable.native, 'use_nesterov', false),
      ];
      const numbers = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, epsilonAt(epsilon, beta2, step)];
      m!.forget();
      v!.forget();
      variable.change('ResourceApplyAdam', attributes, [m!.handle, v!.handle, ...numbers.map(scalars), gradient]);
    },
    applyHost(weights, [m, v], gradient, step) {
      const rate = rateAt(options, step);
      const floor = epsilonAt(epsilon, beta2, step);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        m![i] = beta1 * m![i]! + (1 - beta1) * g;
        v![i] = beta2 * v![i]! + (1 - beta2) * g * g;
        weights[i]! -= (rate * m![i]!) / (Math.sqrt(v![i]!) + floor);
      }
    },
  };
}

/** The learning rate with both bias corrections in it. */
const rateAt = ({ learningRate, beta1, beta2 }: AdamOptions, step: number): number =>
  (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);

/** TensorFlow's op adds epsilon before it corrects the bias of v; scaling epsilon puts it where the paper has it. */
const epsilonAt = (epsilon: number, beta2: number, step: number): number => epsilon * Math.sqrt(1 - beta2 ** step);

/** Terms of the sum below which a float32 weight does not notice them. */
const NEGLIGIBLE = 1e-9;

/**
 * After j idle steps m is b1^j m and v is b2^j v, so the steps add up to
 * (m / sqrt(v)) * sum_j rate(t0 + j) (b1 / sqrt(b2))^j. Epsilon is taken as constant over the gap.
 */
function idleAdam(options: AdamOptions): IdleRule {
  const { beta1, beta2, epsilon } = options;
  const ratio = beta1 / Math.sqrt(beta2);
  const rates: number[] = [];
  const rate = (step: number): number => (rates[step] ??= rateAt(options, step));
  const known = new Map<number, number>();
  let knownStep = -1;
  return {
    decay: (gap) => [beta1 ** gap, beta2 ** gap],
    distance(gap, step) {
      if (step !== knownStep) {
        known.clear();
        knownStep = step;
      }
      let sum = known.get(gap);
      if (sum !== undefined) return sum;
      sum = 0;
      let weight = ratio;
      for (let j = 1; j <= gap && weight > NEGLIGIBLE; j++, weight *= ratio) sum += rate(step - gap + j) * weight;
      known.set(gap, sum);
      return sum;
    },
    direction: ([m, v], step) => tf.div(m!, tf.add(tf.sqrt(v!), epsilonAt(epsilon, beta2, Math.max(1, step)))),
    directionHost: ([m, v], step) => m! / (Math.sqrt(v!) + epsilonAt(epsilon, beta2, Math.max(1, step))),
  };
}
