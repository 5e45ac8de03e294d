import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { EmbeddingTable, gatherHost, putRows, takeRows } from '../state/embedding-table.js';
import { HostVariable } from '../state/host-variable.js';
import { NativeVariable } from '../state/native-variable.js';
import type { Parameter } from '../state/parameter.js';
import { createVariable, type Variable } from '../state/variable.js';
import type { UpdateRule } from './update-rule.js';

/**
 * Applies one update rule to dense parameters and, row by row, to embedding tables. Rows that a batch does not touch
 * keep their value and their state (what PyTorch calls `SparseAdam`); the step count is shared by all.
 */
export class Optimizer {
  private step = 0;
  private readonly dense = new Map<Parameter, Variable[]>();
  private staging: NativeVariable[] = [];

  constructor(readonly rule: UpdateRule) {}

  /** Number of steps begun. */
  get steps(): number {
    return this.step;
  }

  /** Counts a step; call it once before the updates of that step. */
  beginStep(): void {
    this.step++;
  }

  /** One update of a dense parameter; the gradient has its shape. */
  update(parameter: Parameter, gradient: Tensor): void {
    const slots = this.slotsOf(parameter);
    const variable = parameter.storage;
    if (variable instanceof NativeVariable) {
      tf.tidy(() => this.rule.applyNative(variable, slots as NativeVariable[], gradient, this.step));
      return;
    }
    const host = variable as HostVariable;
    const state = (slots as HostVariable[]).map(({ values }) => values);
    this.rule.applyHost(host.values, state, gradient.dataSync() as Float32Array, this.step);
    host.changed();
  }

  /** One update of the rows `ids` (distinct, int32 [U]) of a table; gradient [U, dim]. */
  updateRows(table: EmbeddingTable, ids: Int32Array, gradient: Tensor): void {
    const slots = table.slots(this.rule.slots, this.rule.initialSlot);
    if (table.storage instanceof NativeVariable) this.updateNativeRows([table.storage, ...(slots as NativeVariable[])], ids, gradient);
    else this.updateHostRows([table.storage as HostVariable, ...(slots as HostVariable[])], ids, gradient, table.dim);
  }

  /** State of the dense parameters by `path#slot`, for checkpoints. */
  denseState(): ReadonlyMap<string, Variable> {
    return new Map(
      [...this.dense].flatMap(([parameter, slots]) => slots.map((slot, i) => [`${parameter.path}#${i}`, slot] as const)),
    );
  }

  dispose(): void {
    for (const slots of this.dense.values()) for (const slot of slots) slot.dispose();
    for (const variable of this.staging) variable.dispose();
    this.dense.clear();
    this.staging = [];
  }

  private slotsOf(parameter: Parameter): Variable[] {
    let slots = this.dense.get(parameter);
    if (!slots) {
      const initial = (): Float32Array => new Float32Array(parameter.size).fill(this.rule.initialSlot);
      slots = Array.from({ length: this.rule.slots }, () => createVariable(parameter.shape, initial()));
      this.dense.set(parameter, slots);
    }
    return slots;
  }

  /**
   * Moves the touched rows of weights and state into small staging variables, runs TensorFlow's fused dense update on
   * those, and writes the rows back: one fused op instead of the ten that the rule would take composed.
   */
  private updateNativeRows(variables: readonly NativeVariable[], ids: Int32Array, gradient: Tensor): void {
    tf.tidy(() => {
      const dim = variables[0]!.shape[1]!;
      variables.forEach((variable, i) => {
        this.staging[i] ??= new NativeVariable(variable.native, [-1, dim]);
        const rows = takeRows(variable, ids, dim);
        this.staging[i].write(rows);
        rows.dispose(); // so that the staging variable alone holds the buffer and is changed in place
      });
      const [weights, ...slots] = this.staging.slice(0, variables.length) as [NativeVariable, ...NativeVariable[]];
      this.rule.applyNative(weights, slots, gradient, this.step);
      const index = tf.tensor1d(ids, 'int32');
      variables.forEach((variable, i) => {
        putRows(variable, index, this.staging[i]!.read());
        this.staging[i]!.forget();
      });
    });
  }

  private updateHostRows(variables: readonly HostVariable[], ids: Int32Array, gradient: Tensor, dim: number): void {
    const [weights, ...slots] = variables.map((variable) => gatherHost(variable, ids, dim)) as [Float32Array, ...Float32Array[]];
    this.rule.applyHost(weights, slots, gradient.dataSync() as Float32Array, this.step);
    variables.forEach((variable, v) => {
      const rows = v === 0 ? weights : slots[v - 1]!;
      for (let i = 0; i < ids.length; i++) variable.values.set(rows.subarray(i * dim, (i + 1) * dim), ids[i]! * dim);
      variable.changed();
    });
  }
}
