import { firstOf, nonEmpty, type NonEmpty } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { RowStorage } from '../state/row-storage.js';
import { tf } from '../tfjs.js';
import { changesIdleRows, idleFactors, rowsBehind, type IdleFactors } from './idle-rows.js';
import type { RateHistory } from './rate-history.js';
import type { RowUpdates } from './row-updates.js';
import type { StepAt } from './step-at.js';
import type { UpdateRule } from './update-rule.js';

/**
 * Rows under any rule. What is common to rows on the host and in native memory: which steps a row missed, and what the last look-up left
 * for the update that follows it.
 */
export abstract class ComposedRowUpdates<S extends RowStorage> implements RowUpdates {
  readonly slots: readonly S[];
  /** 0: never updated. With weight decay such rows change too. */
  private readonly lastStep: Int32Array;
  private latest: { ids: Int32Array; step: number; tensors: readonly Tensor[] } | undefined;

  /** `alike`: new storage like that of the weights, for the rule's state. */
  constructor(
    protected readonly weights: S,
    protected readonly rule: UpdateRule,
    protected readonly rates: RateHistory,
    alike: (value: number) => S,
  ) {
    this.slots = Array.from({ length: rule.slots }, () => alike(rule.initialSlot));
    this.lastStep = new Int32Array(weights.rows);
  }

  /** Weights and slots of rows [U, k] each, after the idle steps of each row where it has any; the caller owns them. */
  protected abstract current(ids: Int32Array, gaps: Int32Array | undefined, step: number): Tensor[];

  /** Updates rows of weights and slots, [U, k] each, and puts them back; disposes them. */
  protected abstract apply(rows: readonly Tensor[], ids: Int32Array, gradient: Tensor, at: StepAt): void;

  lookup(ids: Int32Array, step: number): Tensor {
    if (this.latest?.ids === ids && this.latest.step === step) return tf.clone(firstOf(this.latest.tensors));
    this.forget();
    const tensors = this.rowsAfter(ids, step).map((tensor) => tf.keep(tensor));
    this.latest = { ids, step, tensors };
    return tf.clone(firstOf(tensors));
  }

  update(ids: Int32Array, gradient: Tensor, at: StepAt): void {
    const before = at.step - 1;
    const known = this.latest?.ids === ids && this.latest.step === before ? this.latest.tensors : undefined;
    if (known) this.latest = undefined;
    this.apply(this.decayed(nonEmpty(known ?? this.rowsAfter(ids, before)), at), ids, gradient, at);
    this.touched(ids, at.step);
  }

  flush(step: number): void {
    this.forget();
    if (!changesIdleRows(this.rule, this.rates)) return;
    for (const ids of rowsBehind(this.weights.rows, (begin, end) => this.lastSteps(begin, end), this.rates, step)) {
      const rows = this.rowsAfter(ids, step);
      this.storages.forEach((storage, i) => storage.putRows(ids, rows[i]!));
      for (const tensor of rows) tensor.dispose();
      this.touched(ids, step);
    }
  }

  lastSteps(begin: number, end: number): Int32Array {
    return this.lastStep.slice(begin, end);
  }

  restore(lastSteps: Int32Array): void {
    this.forget();
    this.lastStep.set(lastSteps);
  }

  forget(): void {
    for (const tensor of this.latest?.tensors ?? []) tensor.dispose();
    this.latest = undefined;
  }

  dispose(): void {
    this.forget();
    for (const slot of this.slots) slot.dispose();
  }

  /** Weights first, then slots. */
  protected get storages(): readonly S[] {
    return [this.weights, ...this.slots];
  }

  /** What the gaps do to rows; a gap occurs in many rows, so each is worked out once. */
  protected factorsOf(gaps: Int32Array, step: number): readonly IdleFactors[] {
    const known = new Map<number, IdleFactors>();
    return Array.from(gaps, (gap) => {
      let factors = known.get(gap);
      if (!factors) known.set(gap, (factors = idleFactors(this.rule, this.rates, gap, step)));
      return factors;
    });
  }

  private rowsAfter(ids: Int32Array, step: number): Tensor[] {
    return this.current(ids, this.gapsOf(ids, step), step);
  }

  /** Idle steps of each row, or undefined where there are none. */
  private gapsOf(ids: Int32Array, step: number): Int32Array | undefined {
    if (!changesIdleRows(this.rule, this.rates)) return undefined;
    const untouched = this.rates.decay > 0;
    let any = false;
    const gaps = ids.map((id) => {
      const last = this.lastStep[id]!;
      const gap = last === 0 && !untouched ? 0 : step - last;
      any ||= gap > 0;
      return gap;
    });
    return any ? gaps : undefined;
  }

  /** Rows with their slots, the weights decayed by the present step; takes the tensors over. */
  private decayed([weights, ...slots]: NonEmpty<Tensor>, { rate }: StepAt): readonly Tensor[] {
    if (this.rates.decay === 0) return [weights, ...slots];
    const left = tf.mul(weights, 1 - rate * this.rates.decay);
    weights.dispose();
    return [left, ...slots];
  }

  private touched(ids: Int32Array, step: number): void {
    for (const id of ids) this.lastStep[id] = step;
  }
}
