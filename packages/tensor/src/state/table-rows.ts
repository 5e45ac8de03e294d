import type { Tensor } from '@tensorflow/tfjs-core';
import { attr } from '../native.js';
import { take } from '../ops/take.js';
import { tf } from '../tfjs.js';
import { HostVariable } from './host-variable.js';
import { NativeVariable } from './native-variable.js';
import { PlainVariable } from './plain-variable.js';
import { release } from './release.js';
import type { Variable } from './variable.js';

/** Numbers in a portion of a table, 4 MB: tables may be too large to be copied as a whole. */
const PORTION = 1 << 20;

/** Rows of a variable [n, dim] by id -> [U, dim]. */
export function takeRows(variable: Variable, ids: Int32Array, dim: number): Tensor {
  if (variable instanceof PlainVariable) return tf.tidy(() => take(variable.read(), tf.tensor1d(ids, 'int32')));
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

/** How many rows of width `dim` make a portion. */
export const portionRows = (dim: number): number => Math.max(1, Math.floor(PORTION / dim));

/** Copies of the rows from `begin` up to `end` of a variable [n, dim]; each is freed when the next one is asked for. */
export function* readPortions(variable: Variable, begin: number, end: number): Generator<Float32Array> {
  const dim = variable.shape[1]!;
  const size = portionRows(dim);
  for (let from = begin; from < end; from += size) {
    const rows = takeRows(variable, consecutive(from, Math.min(end, from + size)), dim);
    const values = rows.dataSync() as Float32Array;
    rows.dispose();
    yield values;
    if (!(variable instanceof HostVariable)) release(values);
  }
}

/** Overwrites the rows of a variable [n, dim] from `begin` on, with whole rows [rows * dim], portion by portion. */
export function writePortions(variable: Variable, begin: number, portions: Iterable<Float32Array>): void {
  const dim = variable.shape[1]!;
  const size = portionRows(dim) * dim;
  let row = begin;
  for (const whole of portions) {
    for (let at = 0; at < whole.length; at += size) {
      const values = whole.subarray(at, at + size);
      const rows = values.length / dim;
      if (variable instanceof HostVariable) {
        variable.values.set(values, row * dim);
        variable.changed();
      } else {
        tf.tidy(() => {
          const ids = tf.tensor1d(consecutive(row, row + rows), 'int32');
          putRows(variable as NativeVariable | PlainVariable, ids, tf.tensor2d(values, [rows, dim], 'float32'));
        });
      }
      row += rows;
    }
  }
}

function consecutive(begin: number, end: number): Int32Array {
  const ids = new Int32Array(end - begin);
  for (let i = 0; i < ids.length; i++) ids[i] = begin + i;
  return ids;
}
