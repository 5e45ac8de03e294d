import type { Tensor } from '@tensorflow/tfjs-core';
import { portionsOf, tableArray, type NamedArray, type NamedIntegers } from '../safetensors.js';
import type { EmbeddingTable } from '../state/embedding-table.js';
import type { HostVariable } from '../state/host-variable.js';
import { NativeVariable } from '../state/native-variable.js';
import { PlainVariable } from '../state/plain-variable.js';
import type { Parameter } from '../state/parameter.js';
import { release } from '../state/release.js';
import { readPortions, writePortions } from '../state/table-rows.js';
import { createVariable, type Variable } from '../state/variable.js';
import { tf } from '../tfjs.js';
import { AdamRows } from './adam-rows.js';
import { ComposedRows } from './composed-rows.js';
import { RateHistory } from './rate-history.js';
import type { RowUpdates } from './row-updates.js';
import type { StepAt, UpdateRule } from './update-rule.js';

/** What the optimizer keeps for a dense parameter. */
interface DenseState {
  readonly slots: readonly Variable[];
  /** Updates so far. */
  updates: number;
}

/** @internal An optimizer's state, tensors by name. */
export interface OptimizerState {
  /** Steps begun. */
  readonly step: number;
  /** Updates so far of each dense parameter, by path. */
  readonly updates: Readonly<Record<string, number>>;
  /** `slot/I/PATH` for parameters and tables, `last-step/PATH` [rows] for tables, `rates` [step]: the rate of each step. */
  readonly arrays: ReadonlyMap<string, NamedArray | NamedIntegers>;
}

/**
 * Decoupled weight decay: before an update, its weights lose the share rate * decay. Source: Loshchilov and Hutter, ICLR
 * 2019, arXiv 1711.05101, in the form of PyTorch's AdamW, for every rule.
 * @internal
 */
export interface DecayOptions {
  /** Decay of a dense parameter; 0 by default. */
  readonly of?: (parameter: Parameter) => number;
  /** Decay of all rows of tables, in every step, whether a batch has them or not. */
  readonly rows?: number;
}

/** Rows in a portion of the last steps. */
const PORTION = 1 << 20;
const slotName = (path: string, slot: number): string => `slot/${slot}/${path}`;
const RATES = 'rates';
const lastStepName = (path: string): string => `last-step/${path}`;

/**
 * Applies one update rule to dense parameters and, row by row, to embedding tables. A row that batches did not touch
 * makes up for the steps it missed when it is next looked up: the result is that of a dense optimizer (what PyTorch's
 * nn.Embedding gets), the cost that of the rows in the batch. Look rows up through `lookup`, and call `flush` before
 * anybody else reads a table.
 * @internal
 */
export class Optimizer {
  /** Rate of the steps that begin from now on; a schedule changes it. */
  learningRate: number;
  private step = 0;
  private readonly rates: RateHistory;
  private readonly dense = new Map<Parameter, DenseState>();
  private readonly tables = new Map<EmbeddingTable, RowUpdates>();
  private readonly constants = new Map<number, Tensor>();

  constructor(
    readonly rule: UpdateRule,
    private readonly decay: DecayOptions = {},
  ) {
    this.learningRate = rule.learningRate;
    this.rates = new RateHistory(decay.rows ?? 0);
  }

  /** Number of steps begun. */
  get steps(): number {
    return this.step;
  }

  /** Counts a step; call it once before the updates of that step. */
  beginStep(): void {
    this.step++;
    this.rates.push(this.learningRate);
    this.dropConstants();
  }

  /** Up-to-date rows of a table by distinct ids: int32 [U] -> [U, k]. The caller owns the tensor. */
  lookup(table: EmbeddingTable, ids: Int32Array): Tensor {
    return this.rowsOf(table).lookup(ids, this.step);
  }

  /**
   * One update of a dense parameter; the gradient has its shape. A parameter that gets no gradient in some steps is left
   * alone in them, and its bias corrections count its own updates, as in PyTorch.
   */
  update(parameter: Parameter, gradient: Tensor): void {
    const state = this.stateOf(parameter);
    const { slots } = state;
    const at = this.at(++state.updates);
    const variable = parameter.storage;
    const decay = this.decay.of?.(parameter) ?? 0;
    if (decay > 0) tf.tidy(() => variable.write(tf.mul(variable.read(), 1 - at.rate * decay)));
    if (variable instanceof NativeVariable) {
      tf.tidy(() => this.rule.applyNative(variable, slots as NativeVariable[], gradient, at, this.scalar));
      return;
    }
    const host = variable as HostVariable;
    const values = (slots as HostVariable[]).map((slot) => slot.values);
    this.rule.applyHost(host.values, values, gradient.dataSync() as Float32Array, at);
    host.changed();
  }

  /** One update of the rows `ids` (distinct, int32 [U]) of a table; gradient [U, k]. */
  updateRows(table: EmbeddingTable, ids: Int32Array, gradient: Tensor): void {
    this.rowsOf(table).update(ids, gradient, this.at(this.step));
  }

  /** Brings every row of a table up to date with the last step. */
  flush(table: EmbeddingTable): void {
    this.rowsOf(table).flush(this.step);
  }

  /**
   * All that the optimizer needs to go on from here, as it lies: rows that missed steps are not brought up to date, so a
   * training that goes on from the state gives the same bits as one that was never interrupted. Values are copied when
   * they are read.
   */
  exportState(): OptimizerState {
    const arrays = new Map<string, NamedArray | NamedIntegers>();
    const add = (path: string, slots: readonly Variable[]): void => {
      slots.forEach((slot, i) => arrays.set(slotName(path, i), arrayOf(slot)));
    };
    for (const [parameter, { slots }] of this.dense) add(parameter.path, slots);
    for (const [table, rows] of this.tables) {
      table.slots(this.rule.slots, this.rule.initialSlot).forEach((slot, i) => {
        arrays.set(
          slotName(table.path, i),
          tableArray(slot.shape, () => readPortions(slot, 0, table.rows)),
        );
      });
      arrays.set(lastStepName(table.path), lastStepsOf(table.rows, rows));
    }
    arrays.set(RATES, { shape: [this.step], values: this.rates.toArray() });
    const updates = [...this.dense].map(([{ path }, state]) => [path, state.updates] as const);
    return { step: this.step, updates: Object.fromEntries(updates), arrays };
  }

  /** Goes on from an exported state; parameters and tables are those of the model, matched by path. */
  importState(
    { step, updates, arrays }: OptimizerState,
    parameters: readonly Parameter[],
    tables: readonly EmbeddingTable[],
  ): void {
    this.step = step;
    this.rates.restore(arrays.get(RATES)!.values as Float32Array);
    const fill = (path: string, slots: readonly Variable[]): void => {
      slots.forEach((slot, i) => slot.write(arrays.get(slotName(path, i))!.values as Float32Array));
    };
    for (const parameter of parameters) {
      const count = updates[parameter.path];
      if (count === undefined) continue;
      const state = this.stateOf(parameter);
      state.updates = count;
      fill(parameter.path, state.slots);
    }
    for (const table of tables) {
      const lastSteps = arrays.get(lastStepName(table.path));
      if (!lastSteps) continue;
      this.rowsOf(table).restore(lastSteps.values as Int32Array);
      table.slots(this.rule.slots, this.rule.initialSlot).forEach((slot, i) => {
        writePortions(slot, 0, portionsOf(arrays.get(slotName(table.path, i)) as NamedArray));
      });
    }
  }

  dispose(): void {
    this.dropConstants();
    for (const { slots } of this.dense.values()) for (const slot of slots) slot.dispose();
    for (const rows of this.tables.values()) rows.dispose();
    this.dense.clear();
    this.tables.clear();
  }

  private readonly scalar = (value: number): Tensor => {
    let constant = this.constants.get(value);
    if (!constant) this.constants.set(value, (constant = tf.keep(tf.scalar(value))));
    return constant;
  };

  /** The present step's rate for the update that is the `count`th of its weights. */
  private at(count: number): StepAt {
    return { step: count, rate: this.rates.at(this.step) };
  }

  private rowsOf(table: EmbeddingTable): RowUpdates {
    let rows = this.tables.get(table);
    if (!rows) {
      const { storage } = table;
      rows =
        this.rule.adam && storage instanceof PlainVariable
          ? new AdamRows(storage.native, table, this.rule, this.rates)
          : new ComposedRows(table, this.rule, this.rates, this.scalar);
      this.tables.set(table, rows);
    }
    return rows;
  }

  private stateOf(parameter: Parameter): DenseState {
    let state = this.dense.get(parameter);
    if (!state) {
      const initial = (): Float32Array => new Float32Array(parameter.size).fill(this.rule.initialSlot);
      const slots = Array.from({ length: this.rule.slots }, () => createVariable(parameter.shape, initial()));
      this.dense.set(parameter, (state = { slots, updates: 0 }));
    }
    return state;
  }

  private dropConstants(): void {
    for (const constant of this.constants.values()) constant.dispose();
    this.constants.clear();
  }
}

function lastStepsOf(rows: number, updates: RowUpdates): NamedIntegers {
  return {
    dtype: 'I32',
    shape: [rows],
    get values() {
      return updates.lastSteps(0, rows);
    },
    *portions() {
      for (let begin = 0; begin < rows; begin += PORTION) {
        const steps = updates.lastSteps(begin, Math.min(rows, begin + PORTION));
        yield steps;
        release(steps);
      }
    },
  };
}

/** Fetches the values when they are asked for, so that not all state is on the host at a time. */
function arrayOf(variable: Variable): NamedArray {
  return {
    shape: variable.shape,
    get values() {
      return variable.toHost();
    },
  };
}
