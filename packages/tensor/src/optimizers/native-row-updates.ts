import { nonEmpty, type NonEmpty } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../native.js';
import { NativeVariable } from '../state/native-variable.js';
import type { RowStorage } from '../state/row-storage.js';
import { tf } from '../tfjs.js';
import { ComposedRowUpdates } from './composed-row-updates.js';
import type { IdleFactors } from './idle-rows.js';
import type { RateHistory } from './rate-history.js';
import type { Scalars, StepAt } from './step-at.js';
import type { UpdateRule } from './update-rule.js';

/** Rows in native memory, updated by TensorFlow's fused op for the rule. */
export class NativeRowUpdates extends ComposedRowUpdates<RowStorage> {
  private readonly native: NativeBackend;
  private readonly staging: NativeVariable[] = [];

  constructor(
    weights: RowStorage & { readonly native: NativeBackend },
    rule: UpdateRule,
    rates: RateHistory,
    private readonly scalars: Scalars,
  ) {
    super(weights, rule, rates, (value) => weights.alike(value));
    this.native = weights.native;
  }

  override dispose(): void {
    super.dispose();
    for (const variable of this.staging.splice(0)) variable.dispose();
  }

  protected override current(ids: Int32Array, gaps: Int32Array | undefined, step: number): Tensor[] {
    const rows = this.storages.map((storage) => storage.takeRows(ids));
    return gaps ? this.idle(nonEmpty(rows), gaps, step) : rows;
  }

  /**
   * Puts the rows of weights and state into small staging variables, runs TensorFlow's fused dense update on those, and
   * writes the rows back: one fused op instead of the ten that the rule would take composed.
   */
  protected override apply(rows: readonly Tensor[], ids: Int32Array, gradient: Tensor, at: StepAt): void {
    tf.tidy(() => {
      rows.forEach((tensor, i) => {
        this.staging[i] ??= new NativeVariable(this.native, [-1, this.weights.dim]);
        this.staging[i].write(tensor);
        tensor.dispose(); // so that the staging variable alone holds the buffer and is changed in place
      });
      const staged = this.staging.slice(0, rows.length);
      const [weights, ...slots] = nonEmpty(staged);
      this.rule.applyNative(weights, slots, gradient, at, this.scalars);
      this.storages.forEach((storage, i) => storage.putRows(ids, staged[i]!.read()));
      for (const variable of staged) variable.forget();
    });
  }

  private idle([weights, ...slots]: NonEmpty<Tensor>, gaps: Int32Array, step: number): Tensor[] {
    const { idle } = this.rule;
    const factors = this.factorsOf(gaps, step);
    const column = (of: (factors: IdleFactors) => number): Tensor =>
      tf.tensor2d(Float32Array.from(factors, of), [factors.length, 1], 'float32');
    const moved = tf.tidy(() => {
      const kept = (): Tensor => column((row) => row.kept);
      const left = this.rates.decay > 0 ? tf.mul(weights, kept()) : weights;
      if (!idle) return [tf.clone(left), ...slots.map((slot) => tf.clone(slot))];
      const distance = column((row) => row.distance);
      const travelled = tf.mul(idle.direction(slots, step), distance);
      const faded = slots.map((slot, i) => {
        const decay = column(({ decays }) => decays[i]!);
        return tf.mul(slot, decay);
      });
      return [tf.sub(left, travelled), ...faded];
    });
    for (const tensor of [weights, ...slots]) tensor.dispose();
    return moved;
  }
}
