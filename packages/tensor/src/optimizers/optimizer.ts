import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NamedArray, NamedIntegers } from '../safetensors.js';
import { putRows, type EmbeddingTable } from '../state/embedding-table.js';
import { HostVariable } from '../state/host-variable.js';
import { NativeVariable } from '../state/native-variable.js';
import type { Parameter } from '../state/parameter.js';
import { createVariable, type Variable } from '../state/variable.js';
import { RateHistory } from './rate-history.js';
import { TableRows } from './table-rows.js';
import type { StepAt, UpdateRule } from './update-rule.js';

/** What the optimizer keeps for a dense parameter. */
interface DenseState {
  readonly slots: readonly Variable[];
  /** Updates so far. */
  updates: number;
}

/** An optimizer's state, tensors by name. */
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
 */
export interface DecayOptions {
  /** Decay of a dense parameter; 0 by default. */
  readonly of?: (parameter: Parameter) => number;
  /** Decay of all rows of tables, in every step, whether a batch has them or not. */
  readonly rows?: number;
}

const slotName = (path: string, slot: number): string => `slot/${slot}/${path}`;
const RATES = 'rates';
const lastStepName = (path: string): string => `last-step/${path}`;

/** Rows that `flush` brings up to date at a time. */
const FLUSH_ROWS = 1 << 17;

/**
 * Applies one update rule to dense parameters and, row by row, to embedding tables. A row that batches did not touch
 * makes up for the steps it missed when it is next looked up: the result is that of a dense optimizer (what PyTorch's
 * nn.Embedding gets), the cost that of the rows in the batch. Look rows up through `lookup`, and call `flush` before
 * anybody else reads a table.
 */
export class Optimizer {
  /** Rate of the steps that begin from now on; a schedule changes it. */
  learningRate: number;
  private step = 0;
  private readonly rates: RateHistory;
  private readonly dense = new Map<Parameter, DenseState>();
  private readonly tables = new Map<EmbeddingTable, TableRows>();
  private staging: NativeVariable[] = [];
  private readonly constants = new Map<number, Tensor>();
  private latest: { ids: Int32Array; step: number; tensors: Tensor[] } | undefined;

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
    if (this.latest?.ids === ids && this.latest.step === this.step) return tf.clone(this.latest.tensors[0]!);
    this.forgetLatest();
    const tensors = this.rowsOf(table)
      .current(ids, this.step)
      .map((tensor) => tf.keep(tensor));
    this.latest = { ids, step: this.step, tensors };
    return tf.clone(tensors[0]!);
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
    const rows = this.rowsOf(table);
    const before = this.step - 1;
    const known = this.latest?.ids === ids && this.latest.step === before ? this.latest.tensors : undefined;
    this.latest = known ? undefined : this.latest;
    const tensors = this.decayed(known ?? rows.current(ids, before));
    if (table.storage instanceof NativeVariable) this.updateNativeRows(table, tensors, ids, gradient);
    else this.updateHostRows(table, tensors, ids, gradient);
    rows.touched(ids, this.step);
  }

  /** Brings every row of a table up to date with the last step. */
  flush(table: EmbeddingTable): void {
    this.forgetLatest();
    const rows = this.rowsOf(table);
    const behind = rows.behind(this.step);
    for (let begin = 0; begin < behind.length; begin += FLUSH_ROWS) {
      const ids = behind.slice(begin, begin + FLUSH_ROWS);
      const tensors = rows.current(ids, this.step);
      this.writeRows(table, tensors, ids);
      for (const tensor of tensors) tensor.dispose();
      rows.touched(ids, this.step);
    }
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
      add(table.path, table.slots(this.rule.slots, this.rule.initialSlot));
      arrays.set(lastStepName(table.path), { dtype: 'I32', shape: [table.rows], values: rows.lastSteps.slice() });
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
    this.forgetLatest();
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
      fill(table.path, table.slots(this.rule.slots, this.rule.initialSlot));
    }
  }

  dispose(): void {
    this.forgetLatest();
    this.dropConstants();
    for (const { slots } of this.dense.values()) for (const slot of slots) slot.dispose();
    for (const variable of this.staging) variable.dispose();
    this.dense.clear();
    this.staging = [];
  }

  private readonly scalar = (value: number): Tensor => {
    let constant = this.constants.get(value);
    if (!constant) this.constants.set(value, (constant = tf.keep(tf.scalar(value))));
    return constant;
  };

  /** Rows with their slots, the weights decayed by the present step; takes the tensors over. */
  private decayed([weights, ...slots]: readonly Tensor[]): readonly Tensor[] {
    const { decay, at } = this.rates;
    if (decay === 0) return [weights!, ...slots];
    const left = tf.mul(weights!, 1 - at(this.step) * decay);
    weights!.dispose();
    return [left, ...slots];
  }

  /** The present step's rate for the update that is the `count`th of its weights. */
  private at(count: number): StepAt {
    return { step: count, rate: this.rates.at(this.step) };
  }

  private rowsOf(table: EmbeddingTable): TableRows {
    let rows = this.tables.get(table);
    if (!rows) this.tables.set(table, (rows = new TableRows(table, this.rule, this.rates)));
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

  /**
   * Puts the rows of weights and state into small staging variables, runs TensorFlow's fused dense update on those, and
   * writes the rows back: one fused op instead of the ten that the rule would take composed. Disposes `tensors`.
   */
  private updateNativeRows(table: EmbeddingTable, tensors: readonly Tensor[], ids: Int32Array, gradient: Tensor): void {
    const { native } = table.storage as NativeVariable;
    tf.tidy(() => {
      tensors.forEach((tensor, i) => {
        this.staging[i] ??= new NativeVariable(native, [-1, table.dim]);
        this.staging[i].write(tensor);
        tensor.dispose(); // so that the staging variable alone holds the buffer and is changed in place
      });
      const staged = this.staging.slice(0, tensors.length);
      const [weights, ...slots] = staged as [NativeVariable, ...NativeVariable[]];
      this.rule.applyNative(weights, slots, gradient, this.at(this.step), this.scalar);
      this.writeRows(
        table,
        staged.map((variable) => variable.read()),
        ids,
      );
      for (const variable of staged) variable.forget();
    });
  }

  private updateHostRows(table: EmbeddingTable, tensors: readonly Tensor[], ids: Int32Array, gradient: Tensor): void {
    const [weights, ...slots] = tensors.map((tensor) => Float32Array.from(tensor.dataSync() as Float32Array));
    for (const tensor of tensors) tensor.dispose();
    this.rule.applyHost(weights!, slots, gradient.dataSync() as Float32Array, this.at(this.step));
    this.variablesOf(table).forEach((variable, v) => {
      putHostRows(variable as HostVariable, [weights!, ...slots][v]!, ids, table.dim);
    });
  }

  /** Overwrites rows of weights and slots with [U, k] tensors. */
  private writeRows(table: EmbeddingTable, tensors: readonly Tensor[], ids: Int32Array): void {
    tf.tidy(() => {
      const index = tf.tensor1d(ids, 'int32');
      this.variablesOf(table).forEach((variable, v) => {
        if (variable instanceof NativeVariable) putRows(variable, index, tensors[v]!);
        else putHostRows(variable as HostVariable, tensors[v]!.dataSync() as Float32Array, ids, table.dim);
      });
    });
  }

  private variablesOf(table: EmbeddingTable): Variable[] {
    return [table.storage, ...table.slots(this.rule.slots, this.rule.initialSlot)];
  }

  private forgetLatest(): void {
    for (const tensor of this.latest?.tensors ?? []) tensor.dispose();
    this.latest = undefined;
  }

  private dropConstants(): void {
    for (const constant of this.constants.values()) constant.dispose();
    this.constants.clear();
  }
}

function putHostRows(variable: HostVariable, rows: Float32Array, ids: Int32Array, dim: number): void {
  for (let i = 0; i < ids.length; i++) variable.values.set(rows.subarray(i * dim, (i + 1) * dim), ids[i]! * dim);
  variable.changed();
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
