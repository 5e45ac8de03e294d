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
  /** 0: never updated. With weight decay such rows change too. */
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

  /** Ids of rows that steps up to `step` change, and that are not there yet. */
  behind(step: number): Int32Array {
    if (!this.changesIdle) return new Int32Array(0);
    const first = this.rates.decay > 0 ? 0 : 1;
    const ids: number[] = [];
    this.lastStep.forEach((last, id) => {
      if (last >= first && last < step) ids.push(id);
    });
    return Int32Array.from(ids);
  }

  /** Whether a step changes rows that its batch does not have. */
  private get changesIdle(): boolean {
    return this.rule.idle !== undefined || this.rates.decay > 0;
  }

  /** Idle steps of each row, or undefined where there are none. */
  private gapsOf(ids: Int32Array, step: number): Int32Array | undefined {
    if (!this.changesIdle) return undefined;
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

  private idleNative(weights: Tensor, slots: readonly Tensor[], gaps: Int32Array, step: number): Tensor[] {
    const { idle } = this.rule;
    const { kept, distances, decays } = this.factors(gaps, step);
    const moved = tf.tidy(() => {
      const column = (values: Float32Array): Tensor => tf.tensor2d(values, [values.length, 1], 'float32');
      const left = this.rates.decay > 0 ? tf.mul(weights, column(kept)) : weights;
      if (!idle) return [tf.clone(left), ...slots.map((slot) => tf.clone(slot))];
      const travelled = tf.mul(idle.direction(slots, step), column(distances));
      return [tf.sub(left, travelled), ...slots.map((slot, i) => tf.mul(slot, column(decays[i]!)))];
    });
    weights.dispose();
    for (const slot of slots) slot.dispose();
    return moved;
  }

  private idleHost([weights, ...slots]: Float32Array[], gaps: Int32Array, step: number): void {
    const { idle } = this.rule;
    const { dim } = this.table;
    const { kept, distances, decays } = this.factors(gaps, step);
    for (let i = 0; i < weights!.length; i++) {
      const row = Math.floor(i / dim);
      if (gaps[row] === 0) continue;
      weights![i]! *= kept[row]!;
      if (!idle) continue;
      const direction = idle.directionHost(
        slots.map((slot) => slot[i]!),
        step,
      );
      weights![i]! -= distances[row]! * direction;
      slots.forEach((slot, s) => (slot[i]! *= decays[s]![row]!));
    }
  }

  /**
   * Distance and decays of each row, and what weight decay leaves of it; a gap occurs in many rows, so each is worked
   * out once. Where weights decay, so does the way that earlier steps of the gap have carried them.
   */
  private factors(gaps: Int32Array, step: number): Factors {
    const { rule, rates } = this;
    const rateOf = rates.decay > 0 ? (at: number): number => rates.at(at) * rates.kept(at, step) : rates.at;
    const known = new Map<number, { kept: number; distance: number; decay: readonly number[] }>();
    const kept = new Float32Array(gaps.length);
    const distances = new Float32Array(gaps.length);
    const decays = Array.from({ length: rule.slots }, () => new Float32Array(gaps.length));
    gaps.forEach((gap, row) => {
      let facts = known.get(gap);
      if (!facts) {
        facts = {
          kept: rates.kept(step - gap, step),
          distance: gap === 0 ? 0 : (rule.idle?.distance(gap, step, rateOf) ?? 0),
          decay: rule.idle?.decay(gap) ?? [],
        };
        known.set(gap, facts);
      }
      kept[row] = facts.kept;
      distances[row] = facts.distance;
      for (let s = 0; s < decays.length; s++) decays[s]![row] = facts.decay[s] ?? 1;
    });
    return { kept, distances, decays };
  }
}

/** By row. */
interface Factors {
  readonly kept: Float32Array;
  readonly distances: Float32Array;
  readonly decays: readonly Float32Array[];
}
