import { firstOf } from '@mdctr/base';
import { Type, type Static } from 'typebox';
import { attr } from '../native.js';
import { fadingSum } from './idle-rule.js';
import { learningRate } from './learning-rate.js';
import type { OptimizerKind } from './optimizer-kind.js';
import type { UpdateRule } from './update-rule.js';

const sgdOptions = Type.Object({
  kind: Type.Literal('sgd'),
  learningRate: learningRate(1e-1),
  momentum: Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0, description: 'Momentum; 0 for none.' }),
});

/** @internal */
export type SgdOptions = Omit<Static<typeof sgdOptions>, 'kind'>;

/** @internal */
export const SGD: OptimizerKind<typeof sgdOptions> = { kind: 'sgd', options: sgdOptions, rule: sgd };

/**
 * Stochastic gradient descent; with momentum u = momentum u + g, w -= lr u (PyTorch's form, without dampening).
 * @internal
 */
export function sgd({ learningRate, momentum }: SgdOptions): UpdateRule {
  return {
    name: 'sgd',
    learningRate,
    slots: momentum === 0 ? 0 : 1,
    initialSlot: 0,
    ...(momentum > 0 && {
      idle: {
        decay: (gap) => [momentum ** gap],
        distance: (gap, step, rateOf) => fadingSum(gap, step, momentum, rateOf),
        direction: (slots) => firstOf(slots),
        // Once a weight: without the check of `firstOf`.
        directionHost: ([velocity]) => velocity!,
      },
    }),
    applyNative(variable, [velocity], gradient, at, scalars) {
      const { native } = variable;
      const attributes = [attr.type(native, 'T', 'float32'), attr.bool(native, 'use_locking', false)];
      const rate = scalars(at.rate);
      if (!velocity) {
        variable.change('ResourceApplyGradientDescent', attributes, [rate, gradient]);
        return;
      }
      velocity.forget();
      const inputs = [velocity.handle, rate, gradient, scalars(momentum)];
      variable.change('ResourceApplyMomentum', [...attributes, attr.bool(native, 'use_nesterov', false)], inputs);
    },
    applyHost(weights, [velocity], gradient, { rate }) {
      for (let i = 0; i < weights.length; i++) {
        const g = velocity ? (velocity[i] = momentum * velocity[i]! + gradient[i]!) : gradient[i]!;
        weights[i]! -= rate * g;
      }
    },
  };
}
