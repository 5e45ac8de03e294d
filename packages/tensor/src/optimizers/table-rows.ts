import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { gatherHost, takeRows, type EmbeddingTable } from '../state/embedding-table.js';
import type { HostVariable } from '../state/host-variable.js';
import { NativeVariable } from '../state/native-variable.js';
import type { RateHistory } from './rate-history.js';
import type { UpdateRule } from './update-rule.js';

/** Weights and state of some rows of a table as they stand after `step`, idle steps made up for. */
export interface CurrentRows {
  /** [U, k]; then the slots, [U, k] each. */
  readonly tensors: readonly Tensor[];
}

/**
 * Keeps, for one table, the step at which each row was last updated, and brings rows up to date when they are asked
 * for. What it costs goes by the rows asked for, not by the table.
 */
export class TableRows {
  /** 0: never updated. */
  private readonly lastStep: Int32Array;

  constructor(
    private readonly table: EmbeddingTable,
    private readonly rule: UpdateRule,
    private readonly rates: RateHistory,
  ) {
    this.lastStep = new Int32Array(table.rows);
  }

  /** Rows `ids` (distinct, int32 [U]) after `step`; the caller owns the tensors. Nothing is written. */
  current(ids: Int32Array, step: number): Tensor[] {
    const { storage, dim } = this.table;
    const variables = [storage, ...this.table.slots(this.rule.slots, this.rule.initialSlot)];
    const gaps = this.gapsOf(ids, step);
    if (storage instanceof NativeVariable) {
      const [weights, ...slots] = variables.map((variable) => takeRows(variable, ids, dim)) as [Tensor, ...Tensor[]];
      return gaps ? this.idleNative(weights, slots, gaps, step) : [weights, ...slots];
    }
    const arrays = variables.map((variable) => gatherHost(variable as HostVariable, ids, dim));
    if (gaps) this.idleHost(arrays, gaps, step);
    return arrays.map((values) => tf.tensor(values, [ids.length, dim], 'float32'));
  }

  /** Records that these rows were updated in `step`. */
  touched(ids: Int32Array, step: number): void {
    for (const id of ids) this.lastStep[id] = step;
  }

  /** [rows] step of each row's last update; a view. */
  get lastSteps(): Int32Array {
    return this.lastStep;
  }

  /** Puts the steps of last updates back. */
  restore(lastSteps: Int32Array): void {
    this.lastStep.set(lastSteps);
  }

  /** Ids of rows that were updated before `step` but not in it. */
  behind(step: number): Int32Array {
    if (!this.rule.idle) return new Int32Array(0);
    const ids: number[] = [];
    this.lastStep.forEach((last, id) => {
      if (last > 0 && last < step) ids.push(id);
    });
    return Int32Array.from(ids);
  }

  /** Idle steps of each row, or undefined where there are none. */
  private gapsOf(ids: Int32Array, step: number): Int32Array | undefined {
    if (!this.rule.idle) return undefined;
    let any = false;
    const gaps = ids.map((id) => {
      const last = this.lastStep[id]!;
      const gap = last === 0 ? 0 : step - last;
      any ||= gap > 0;
      return gap;
    });
    return any ? gaps : undefined;
  }

  private idleNative(weights: Tensor, slots: readonly Tensor[], gaps: Int32Array, step: number): Tensor[] {
    const idle = this.rule.idle!;
    const { distances, decays } = this.factors(gaps, step);
    const moved = tf.tidy(() => {
      const column = (values: Float32Array): Tensor => tf.tensor2d(values, [values.length, 1], 'float32');
      const travelled = tf.mul(idle.direction(slots, step), column(distances));
      return [tf.sub(weights, travelled), ...slots.map((slot, i) => tf.mul(slot, column(decays[i]!)))];
    });
    weights.dispose();
    for (const slot of slots) slot.dispose();
    return moved;
  }

  private idleHost([weights, ...slots]: Float32Array[], gaps: Int32Array, step: number): void {
    const idle = this.rule.idle!;
    const { dim } = this.table;
    const { distances, decays } = this.factors(gaps, step);
    for (let i = 0; i < weights!.length; i++) {
      const row = Math.floor(i / dim);
      if (gaps[row] === 0) continue;
      weights![i]! -=
        distances[row]! *
        idle.directionHost(
          slots.map((slot) => slot[i]!),
          step,
        );
      slots.forEach((slot, s) => (slot[i]! *= decays[s]![row]!));
    }
  }

  /** Distance and decays of each row; a gap occurs in many rows, so each is worked out once. */
  private factors(gaps: Int32Array, step: number): { distances: Float32Array; decays: Float32Array[] } {
    const idle = this.rule.idle!;
    const known = new Map<number, { distance: number; decay: readonly number[] }>();
    const distances = new Float32Array(gaps.length);
    const decays = Array.from({ length: this.rule.slots }, () => new Float32Array(gaps.length));
    gaps.forEach((gap, row) => {
      let facts = known.get(gap);
      if (!facts)
        known.set(
          gap,
          (facts = { distance: gap === 0 ? 0 : idle.distance(gap, step, this.rates.at), decay: idle.decay(gap) }),
        );
      distances[row] = facts.distance;
      for (let s = 0; s < decays.length; s++) decays[s]![row] = facts.decay[s]!;
    });
    return { distances, decays };
  }
}
