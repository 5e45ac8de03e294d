import type { Tensor } from '@tensorflow/tfjs-core';
import type { EmbeddingTable } from '../state/embedding-table.js';
import { HostVariable } from '../state/host-variable.js';
import { NativeVariable } from '../state/native-variable.js';
import type { PlainVariable } from '../state/plain-variable.js';
import { gatherHost, putRows, takeRows } from '../state/table-rows.js';
import type { Variable } from '../state/variable.js';
import { tf } from '../tfjs.js';
import type { RateHistory } from './rate-history.js';
import { changesIdleRows, idleFactors, rowsBehind, type IdleFactors, type RowUpdates } from './row-updates.js';
import type { Scalars, StepAt, UpdateRule } from './update-rule.js';

/** Rows of any rule, by TensorFlow's ops or on the host. */
export class ComposedRows implements RowUpdates {
  /** 0: never updated. With weight decay such rows change too. */
  private readonly lastStep: Int32Array;
  private staging: NativeVariable[] = [];
  private latest: { ids: Int32Array; step: number; tensors: Tensor[] } | undefined;

  constructor(
    private readonly table: EmbeddingTable,
    private readonly rule: UpdateRule,
    private readonly rates: RateHistory,
    private readonly scalars: Scalars,
  ) {
    this.lastStep = new Int32Array(table.rows);
  }

  lookup(ids: Int32Array, step: number): Tensor {
    if (this.latest?.ids === ids && this.latest.step === step) return tf.clone(this.latest.tensors[0]!);
    this.forget();
    const tensors = this.current(ids, step).map((tensor) => tf.keep(tensor));
    this.latest = { ids, step, tensors };
    return tf.clone(tensors[0]!);
  }

  update(ids: Int32Array, gradient: Tensor, at: StepAt): void {
    const before = at.step - 1;
    const known = this.latest?.ids === ids && this.latest.step === before ? this.latest.tensors : undefined;
    this.latest = known ? undefined : this.latest;
    const tensors = this.decayed(known ?? this.current(ids, before), at);
    if (this.table.storage instanceof HostVariable) this.updateHost(tensors, ids, gradient, at);
    else this.updateNative(tensors, ids, gradient, at);
    this.touched(ids, at.step);
  }

  flush(step: number): void {
    this.forget();
    if (!changesIdleRows(this.rule, this.rates)) return;
    for (const ids of rowsBehind(this.table.rows, (begin, end) => this.lastSteps(begin, end), this.rates, step)) {
      const tensors = this.current(ids, step);
      this.writeRows(tensors, ids);
      for (const tensor of tensors) tensor.dispose();
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
    for (const variable of this.staging) variable.dispose();
    this.staging = [];
  }

  /** Weights and slots of rows after `step`, [U, k] each; the caller owns them. */
  private current(ids: Int32Array, step: number): Tensor[] {
    const { storage, dim } = this.table;
    const gaps = this.gapsOf(ids, step);
    if (!(storage instanceof HostVariable)) {
      const tensors = this.variables.map((variable) => takeRows(variable, ids, dim));
      return gaps ? this.idleNative(tensors, gaps, step) : tensors;
    }
    const arrays = this.variables.map((variable) => gatherHost(variable as HostVariable, ids, dim));
    if (gaps) this.idleHost(arrays, gaps, step);
    return arrays.map((values) => tf.tensor(values, [ids.length, dim], 'float32'));
  }

  private touched(ids: Int32Array, step: number): void {
    for (const id of ids) this.lastStep[id] = step;
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

  private idleNative([weights, ...slots]: Tensor[], gaps: Int32Array, step: number): Tensor[] {
    const { idle } = this.rule;
    const factors = this.factorsOf(gaps, step);
    const column = (of: (factors: IdleFactors) => number): Tensor =>
      tf.tensor2d(Float32Array.from(factors, of), [factors.length, 1], 'float32');
    const moved = tf.tidy(() => {
      const left =
        this.rates.decay > 0
          ? tf.mul(
              weights!,
              column(({ kept }) => kept),
            )
          : weights!;
      if (!idle) return [tf.clone(left), ...slots.map((slot) => tf.clone(slot))];
      const travelled = tf.mul(
        idle.direction(slots, step),
        column(({ distance }) => distance),
      );
      const faded = slots.map((slot, i) =>
        tf.mul(
          slot,
          column(({ decays }) => decays[i]!),
        ),
      );
      return [tf.sub(left, travelled), ...faded];
    });
    for (const tensor of [weights!, ...slots]) tensor.dispose();
    return moved;
  }

  private idleHost([weights, ...slots]: Float32Array[], gaps: Int32Array, step: number): void {
    const { idle } = this.rule;
    const { dim } = this.table;
    const factors = this.factorsOf(gaps, step);
    for (let i = 0; i < weights!.length; i++) {
      const row = Math.floor(i / dim);
      if (gaps[row] === 0) continue;
      const { kept, distance, decays } = factors[row]!;
      weights![i]! *= kept;
      if (!idle) continue;
      const direction = idle.directionHost(
        slots.map((slot) => slot[i]!),
        step,
      );
      weights![i]! -= distance * direction;
      slots.forEach((slot, s) => (slot[i]! *= decays[s]!));
    }
  }

  /** Of each row; a gap occurs in many rows, so each is worked out once. */
  private factorsOf(gaps: Int32Array, step: number): IdleFactors[] {
    const known = new Map<number, IdleFactors>();
    return Array.from(gaps, (gap) => {
      let factors = known.get(gap);
      if (!factors) known.set(gap, (factors = idleFactors(this.rule, this.rates, gap, step)));
      return factors;
    });
  }

  /** Rows with their slots, the weights decayed by the present step; takes the tensors over. */
  private decayed([weights, ...slots]: readonly Tensor[], { rate }: StepAt): readonly Tensor[] {
    if (this.rates.decay === 0) return [weights!, ...slots];
    const left = tf.mul(weights!, 1 - rate * this.rates.decay);
    weights!.dispose();
    return [left, ...slots];
  }

  /**
   * Puts the rows of weights and state into small staging variables, runs TensorFlow's fused dense update on those, and
   * writes the rows back: one fused op instead of the ten that the rule would take composed. Disposes `tensors`.
   */
  private updateNative(tensors: readonly Tensor[], ids: Int32Array, gradient: Tensor, at: StepAt): void {
    const { native } = this.table.storage as NativeVariable | PlainVariable;
    tf.tidy(() => {
      tensors.forEach((tensor, i) => {
        this.staging[i] ??= new NativeVariable(native, [-1, this.table.dim]);
        this.staging[i].write(tensor);
        tensor.dispose(); // so that the staging variable alone holds the buffer and is changed in place
      });
      const staged = this.staging.slice(0, tensors.length);
      const [weights, ...slots] = staged as [NativeVariable, ...NativeVariable[]];
      this.rule.applyNative(weights, slots, gradient, at, this.scalars);
      this.writeRows(
        staged.map((variable) => variable.read()),
        ids,
      );
      for (const variable of staged) variable.forget();
    });
  }

  private updateHost(tensors: readonly Tensor[], ids: Int32Array, gradient: Tensor, at: StepAt): void {
    const [weights, ...slots] = tensors.map((tensor) => Float32Array.from(tensor.dataSync() as Float32Array));
    for (const tensor of tensors) tensor.dispose();
    this.rule.applyHost(weights!, slots, gradient.dataSync() as Float32Array, at);
    this.variables.forEach((variable, v) => {
      putHostRows(variable as HostVariable, [weights!, ...slots][v]!, ids, this.table.dim);
    });
  }

  /** Overwrites rows of weights and slots with [U, k] tensors. */
  private writeRows(tensors: readonly Tensor[], ids: Int32Array): void {
    tf.tidy(() => {
      const index = tf.tensor1d(ids, 'int32');
      this.variables.forEach((variable, v) => {
        if (variable instanceof HostVariable)
          putHostRows(variable, tensors[v]!.dataSync() as Float32Array, ids, this.table.dim);
        else putRows(variable as NativeVariable | PlainVariable, index, tensors[v]!);
      });
    });
  }

  private get variables(): Variable[] {
    return [this.table.storage, ...this.table.slots(this.rule.slots, this.rule.initialSlot)];
  }
}

function putHostRows(variable: HostVariable, rows: Float32Array, ids: Int32Array, dim: number): void {
  for (let i = 0; i < ids.length; i++) variable.values.set(rows.subarray(i * dim, (i + 1) * dim), ids[i]! * dim);
  variable.changed();
}
