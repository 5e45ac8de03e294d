import type { Tensor } from '@tensorflow/tfjs-core';
import type { EmbeddingTable } from '../state/embedding-table.js';
import type { Parameter } from '../state/parameter.js';
import { tf } from '../tfjs.js';
import { denseUpdates, type DenseUpdates } from './dense-updates.js';
import { readState, slotNames, writeState, type OptimizerState } from './optimizer-state.js';
import { RateHistory } from './rate-history.js';
import type { RowUpdates } from './row-updates.js';
import type { StepAt } from './step-at.js';
import { tableUpdates } from './table-updates.js';
import type { UpdateRule } from './update-rule.js';

/** A dense parameter under the optimizer. */
interface DenseState extends DenseUpdates {
  /** Updates so far. */
  updates: number;
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
  /** The rate of every step so far. */
  readonly rates: RateHistory;
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
    const at = this.at(++state.updates);
    const variable = parameter.storage;
    const decay = this.decay.of?.(parameter) ?? 0;
    if (decay > 0) tf.tidy(() => variable.write(tf.mul(variable.read(), 1 - at.rate * decay)));
    state.apply(gradient, at);
  }

  /** One update of the rows `ids` (distinct, int32 [U]) of a table; gradient [U, k]. */
  updateRows(table: EmbeddingTable, ids: Int32Array, gradient: Tensor): void {
    this.rowsOf(table).update(ids, gradient, this.at(this.step));
  }

  /** Brings every row of a table up to date with the last step. */
  flush(table: EmbeddingTable): void {
    this.rowsOf(table).flush(this.step);
  }

  /** Step of the last update of each row of a table, 0 for none: int32 [rows], a copy. */
  lastSteps(table: EmbeddingTable): Int32Array {
    return this.rowsOf(table).lastSteps(0, table.rows);
  }

  /**
   * All that the optimizer needs to go on from here, as it lies: rows that missed steps are not brought up to date, so a
   * training that goes on from the state gives the same bits as one that was never interrupted. Values are copied when
   * they are read.
   */
  exportState(): OptimizerState {
    const { step, rates, dense, tables } = this;
    return readState({ step, rates: rates.toArray(), dense, tables });
  }

  /** Goes on from an exported state; parameters and tables are those of the model, matched by path. */
  importState(state: OptimizerState, parameters: readonly Parameter[], tables: readonly EmbeddingTable[]): void {
    this.step = state.step;
    for (const parameter of parameters) if (state.updates[parameter.path] !== undefined) this.stateOf(parameter);
    for (const table of tables) if (state.arrays.has(slotNames.lastStep(table.path))) this.rowsOf(table);
    this.rates.restore(writeState(state, { dense: this.dense, tables: this.tables }));
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
      rows = tableUpdates(table, this.rule, this.rates, this.scalar);
      this.tables.set(table, rows);
    }
    return rows;
  }

  private stateOf(parameter: Parameter): DenseState {
    let state = this.dense.get(parameter);
    if (!state) {
      state = { ...denseUpdates(parameter.storage, this.rule, this.scalar), updates: 0 };
      this.dense.set(parameter, state);
    }
    return state;
  }

  private dropConstants(): void {
    for (const constant of this.constants.values()) constant.dispose();
    this.constants.clear();
  }
}
