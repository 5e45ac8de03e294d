import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { attr } from '../native.js';
import type { HostVariable } from './host-variable.js';
import { NativeVariable } from './native-variable.js';
import { PlainVariable } from './plain-variable.js';
import { createTableVariable, type Variable } from './variable.js';

/**
 * A table of `rows` vectors of length `dim`. A look-up takes distinct rows out; an update puts changed rows back, so
 * both cost by the batch and not by the table.
 */
export class EmbeddingTable {
  private readonly weights: Variable;
  private slotVariables: Variable[] = [];

  constructor(
    readonly path: string,
    readonly rows: number,
    readonly dim: number,
    values: Float32Array,
  ) {
    this.weights = createTableVariable([rows, dim], values);
  }

  /** The rows of the given distinct ids: int32 [U] -> [U, dim]. The caller owns the tensor. */
  lookup(ids: Int32Array): Tensor {
    return takeRows(this.weights, ids, this.dim);
  }

  /**
   * The optimizer's state for this table, `count` blocks of the table's shape; made at the first call, filled with
   * `initial`.
   */
  slots(count: number, initial: number): readonly Variable[] {
    while (this.slotVariables.length < count) {
      const values = new Float32Array(this.rows * this.dim);
      if (initial !== 0) values.fill(initial);
      this.slotVariables.push(createTableVariable([this.rows, this.dim], values));
    }
    return this.slotVariables;
  }

  /** The variable that holds the weights [rows, dim]. */
  get storage(): Variable {
    return this.weights;
  }

  /** A copy of all rows [rows * dim]. */
  toHost(): Float32Array {
    return this.weights.toHost();
  }

  /** Replaces all rows. */
  write(values: Float32Array): void {
    this.weights.write(values);
  }

  dispose(): void {
    this.weights.dispose();
    for (const slot of this.slotVariables) slot.dispose();
    this.slotVariables = [];
  }
}

/** Rows of a variable [n, dim] by id -> [U, dim]. */
export function takeRows(variable: Variable, ids: Int32Array, dim: number): Tensor {
  if (variable instanceof PlainVariable) return tf.tidy(() => tf.gather(variable.read(), tf.tensor1d(ids, 'int32')));
  if (variable instanceof NativeVariable) {
    const { native } = variable;
    const attributes = [
      attr.type(native, 'dtype', 'float32'),
      attr.type(native, 'Tindices', 'int32'),
      attr.int(native, 'batch_dims', 0),
      attr.bool(native, 'validate_indices', false),
    ];
    return tf.tidy(() =>
      native.executeSingleOutput('ResourceGather', attributes, [variable.handle, tf.tensor1d(ids, 'int32')]),
    );
  }
  return tf.tensor(gatherHost(variable as HostVariable, ids, dim), [ids.length, dim], 'float32');
}

/** Copies rows of a host variable [n, dim] by id -> [U * dim]. */
export function gatherHost(variable: HostVariable, ids: Int32Array, dim: number): Float32Array {
  const taken = new Float32Array(ids.length * dim);
  for (let i = 0; i < ids.length; i++) {
    const from = ids[i]! * dim;
    taken.set(variable.values.subarray(from, from + dim), i * dim);
  }
  return taken;
}

/** Overwrites rows of a variable [n, dim] in native memory: ids int32 [U], rows [U, dim]. */
export function putRows(variable: NativeVariable | PlainVariable, ids: Tensor, rows: Tensor): void {
  if (variable instanceof PlainVariable) return variable.putRows(ids, rows);
  const attributes = [attr.type(variable.native, 'dtype', 'float32'), attr.type(variable.native, 'Tindices', 'int32')];
  variable.change('ResourceScatterUpdate', attributes, [ids, rows]);
}
