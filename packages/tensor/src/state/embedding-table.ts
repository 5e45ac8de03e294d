import type { Tensor } from '@tensorflow/tfjs-core';
import { readPortions, takeRows, writePortions } from './table-rows.js';
import { createTableVariable, type Variable } from './variable.js';

/**
 * A table of `rows` vectors of length `dim`. A look-up takes distinct rows out; an update puts changed rows back, so
 * both cost by the batch and not by the table. What goes over the whole table does so portion by portion.
 */
export class EmbeddingTable {
  private readonly weights: Variable;
  private slotVariables: Variable[] = [];

  /** `portions`: the first values, whole rows, from the first to the last. */
  constructor(
    readonly path: string,
    readonly rows: number,
    readonly dim: number,
    portions: Iterable<Float32Array>,
  ) {
    this.weights = createTableVariable([rows, dim], 0);
    writePortions(this.weights, 0, portions);
  }

  /** The rows of the given distinct ids: int32 [U] -> [U, dim]. The caller owns the tensor. */
  lookup(ids: Int32Array): Tensor {
    return takeRows(this.weights, ids, this.dim);
  }

  /**
   * The optimizer's state for this table, `count` blocks of the table's shape; made at the first call, filled with
   * `initial`.
   * @internal
   */
  slots(count: number, initial: number): readonly Variable[] {
    while (this.slotVariables.length < count) {
      this.slotVariables.push(createTableVariable([this.rows, this.dim], initial));
    }
    return this.slotVariables;
  }

  /** @internal The variable that holds the weights [rows, dim]. */
  get storage(): Variable {
    return this.weights;
  }

  /** A copy of all rows [rows * dim]. */
  toHost(): Float32Array {
    return this.weights.toHost();
  }

  /** Copies of the rows from `begin` up to `end`, whole rows, in portions that fit into memory beside the table. */
  portions(begin = 0, end = this.rows): Iterable<Float32Array> {
    return readPortions(this.weights, begin, end);
  }

  /** Replaces rows, from `begin` on, by those of the portions, each of which is a number of whole rows. */
  writePortions(portions: Iterable<Float32Array>, begin = 0): void {
    writePortions(this.weights, begin, portions);
  }

  /** Replaces all rows. */
  write(values: Float32Array): void {
    this.writePortions([values]);
  }

  dispose(): void {
    this.weights.dispose();
    for (const slot of this.slotVariables) slot.dispose();
    this.slotVariables = [];
  }
}
