import type { Tensor } from '@tensorflow/tfjs-core';
import { HostVariable } from '../state/host-variable.js';
import { NativeVariable } from '../state/native-variable.js';
import type { StoredTensor } from '../state/stored-tensor.js';
import type { Variable } from '../state/variable.js';
import { tf } from '../tfjs.js';
import type { Scalars, StepAt } from './step-at.js';
import type { UpdateRule } from './update-rule.js';

/** What the optimizer keeps for a dense parameter, and how it changes it. */
export interface DenseUpdates {
  readonly slots: readonly StoredTensor[];
  /** One update; the gradient has the parameter's shape. */
  apply(gradient: Tensor, at: StepAt): void;
}

/** The form of a rule that fits where a variable lives, with state of the same kind. */
export function denseUpdates(variable: Variable, rule: UpdateRule, scalars: Scalars): DenseUpdates {
  return variable.kind === 'native' ? inNativeMemory(variable, rule, scalars) : onTheHost(variable, rule);
}

function inNativeMemory(variable: NativeVariable, rule: UpdateRule, scalars: Scalars): DenseUpdates {
  const { native, shape } = variable;
  const slots = initialSlots(rule, shape).map((values) => new NativeVariable(native, shape, values));
  return {
    slots,
    apply: (gradient, at) => void tf.tidy(() => rule.applyNative(variable, slots, gradient, at, scalars)),
  };
}

function onTheHost(variable: HostVariable, rule: UpdateRule): DenseUpdates {
  const slots = initialSlots(rule, variable.shape).map((values) => new HostVariable(variable.shape, values));
  return {
    slots,
    apply(gradient, at) {
      const values = slots.map((slot) => slot.values);
      rule.applyHost(variable.values, values, gradient.dataSync() as Float32Array, at);
      variable.changed();
    },
  };
}

function initialSlots({ slots, initialSlot }: UpdateRule, shape: readonly number[]): Float32Array[] {
  const size = shape.reduce((product, n) => product * n, 1);
  return Array.from({ length: slots }, () => new Float32Array(size).fill(initialSlot));
}
