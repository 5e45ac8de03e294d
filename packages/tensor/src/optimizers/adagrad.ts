import { firstOf } from '@mdctr/base';
import { Type, type Static } from 'typebox';
import { attr } from '../native.js';
import { learningRate } from './learning-rate.js';
import type { OptimizerKind } from './optimizer-kind.js';
import type { UpdateRule } from './update-rule.js';

const adagradOptions = Type.Object({
  kind: Type.Literal('adagrad'),
  learningRate: learningRate(1e-2),
  initialAccumulator: Type.Number({ minimum: 0, default: 0, description: 'Accumulator before the first step.' }),
  epsilon: Type.Number({
    exclusiveMinimum: 0,
    default: 1e-10,
    description: 'Added to the root of the accumulator.',
  }),
});

/** @internal */
export type AdagradOptions = Omit<Static<typeof adagradOptions>, 'kind'>;

/** @internal */
export const ADAGRAD: OptimizerKind<typeof adagradOptions> = {
  kind: 'adagrad',
  options: adagradOptions,
  rule: adagrad,
};

/**
 * Adagrad. a += g^2, w -= lr g / (sqrt(a) + epsilon).
 * Source: Duchi et al., JMLR 2011, in PyTorch's form.
 * @internal
 */
export function adagrad({ learningRate, initialAccumulator, epsilon }: AdagradOptions): UpdateRule {
  return {
    name: 'adagrad',
    learningRate,
    slots: 1,
    initialSlot: initialAccumulator,
    applyNative(variable, slots, gradient, { rate }, scalars) {
      const accumulator = firstOf(slots);
      const attributes = [
        attr.type(variable.native, 'T', 'float32'),
        attr.bool(variable.native, 'use_locking', false),
        attr.bool(variable.native, 'update_slots', true),
      ];
      accumulator.forget();
      const numbers = [scalars(rate), scalars(epsilon)];
      variable.change('ResourceApplyAdagradV2', attributes, [accumulator.handle, ...numbers, gradient]);
    },
    applyHost(weights, slots, gradient, { rate }) {
      const accumulator = firstOf(slots);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        accumulator[i]! += g * g;
        weights[i]! -= (rate * g) / (Math.sqrt(accumulator[i]!) + epsilon);
      }
    },
  };
}
