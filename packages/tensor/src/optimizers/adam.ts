import { pairOf } from '@mdctr/base';
import { Type, type Static } from 'typebox';
import { attr } from '../native.js';
import { tf } from '../tfjs.js';
import { AdamRows } from './adam-rows.js';
import { fadingSum, type IdleRule } from './idle-rule.js';
import { learningRate } from './learning-rate.js';
import type { OptimizerKind } from './optimizer-kind.js';
import type { UpdateRule } from './update-rule.js';

const adamOptions = Type.Object({
  kind: Type.Literal('adam'),
  learningRate: learningRate(1e-3),
  beta1: Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.9, description: 'Decay of the first moment.' }),
  beta2: Type.Number({
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.999,
    description: 'Decay of the second moment.',
  }),
  epsilon: Type.Number({
    exclusiveMinimum: 0,
    default: 1e-8,
    description: 'Added to the root of the second moment.',
  }),
});

/** @internal */
export type AdamOptions = Omit<Static<typeof adamOptions>, 'kind'>;

/** @internal */
export const ADAM: OptimizerKind<typeof adamOptions> = { kind: 'adam', options: adamOptions, rule: adam };

/**
 * Adam. m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
 * Source: Kingma and Ba, ICLR 2015, algorithm 1; epsilon stands where the paper and PyTorch have it.
 * @internal
 */
export function adam(options: AdamOptions): UpdateRule {
  const { learningRate, beta1, beta2, epsilon } = options;
  return {
    name: 'adam',
    learningRate,
    slots: 2,
    initialSlot: 0,
    idle: idleAdam(options),
    applyNative(variable, slots, gradient, { step, rate }, scalars) {
      const [m, v] = pairOf(slots);
      const attributes = [
        attr.type(variable.native, 'T', 'float32'),
        attr.bool(variable.native, 'use_locking', false),
        attr.bool(variable.native, 'use_nesterov', false),
      ];
      const numbers = [beta1 ** step, beta2 ** step, rate, beta1, beta2, epsilonAt(epsilon, beta2, step)];
      m.forget();
      v.forget();
      variable.change('ResourceApplyAdam', attributes, [m.handle, v.handle, ...numbers.map(scalars), gradient]);
    },
    applyHost(weights, slots, gradient, { step, rate }) {
      const [m, v] = pairOf(slots);
      const corrected = rate * correctionAt(options, step);
      const floor = epsilonAt(epsilon, beta2, step);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        weights[i]! -= (corrected * m[i]!) / (Math.sqrt(v[i]!) + floor);
      }
    },
    applyRows: (table) =>
      new AdamRows(table, ({ step, rate }) => ({
        ...{ beta1, beta2 },
        rate: rate * correctionAt(options, step),
        floor: epsilonAt(epsilon, beta2, step),
      })),
  };
}

/** Both bias corrections as a factor on the learning rate. */
const correctionAt = ({ beta1, beta2 }: AdamOptions, step: number): number =>
  Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);

/** TensorFlow's op adds epsilon before it corrects the bias of v; scaling epsilon puts it where the paper has it. */
const epsilonAt = (epsilon: number, beta2: number, step: number): number => epsilon * Math.sqrt(1 - beta2 ** step);

/**
 * After j idle steps m is b1^j m and v is b2^j v, so the steps add up to
 * (m / sqrt(v)) * sum_j rate(t0 + j) (b1 / sqrt(b2))^j, with the rate of each step, corrections included. Epsilon is taken
 * as constant over the gap.
 */
function idleAdam(options: AdamOptions): IdleRule {
  const { beta1, beta2, epsilon } = options;
  const ratio = beta1 / Math.sqrt(beta2);
  const corrections: number[] = [];
  const correction = (step: number): number => (corrections[step] ??= correctionAt(options, step));
  return {
    decay: (gap) => [beta1 ** gap, beta2 ** gap],
    distance: (gap, step, rateOf) => fadingSum(gap, step, ratio, (at) => rateOf(at) * correction(at)),
    direction(slots, step) {
      const [m, v] = pairOf(slots);
      return tf.div(m, tf.add(tf.sqrt(v), epsilonAt(epsilon, beta2, Math.max(1, step))));
    },
    // Once a weight: without the checks of `pairOf`.
    directionHost: ([m, v], step) => m! / (Math.sqrt(v!) + epsilonAt(epsilon, beta2, Math.max(1, step))),
  };
}
