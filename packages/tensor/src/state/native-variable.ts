import type { Tensor } from '@tensorflow/tfjs-core';
import { attr, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import type { StoredTensor } from './stored-tensor.js';

let created = 0;

/** A float32 resource variable of TensorFlow. Ops that take `handle` read and change it in native memory. */
export class NativeVariable implements StoredTensor {
  readonly kind = 'native';
  readonly handle: Tensor;
  private cached: Tensor | undefined;

  /** Without `values` the variable is empty until the first `write`; its first dimension may then vary (-1). */
  constructor(
    readonly native: NativeBackend,
    readonly shape: readonly number[],
    values?: Float32Array,
  ) {
    const attributes = [
      attr.string(native, 'container', ''),
      attr.string(native, 'shared_name', `mdctr/${process.pid}/${created++}`),
      attr.type(native, 'dtype', 'float32'),
      attr.shape(native, 'shape', shape),
    ];
    this.handle = tf.keep(native.executeSingleOutput('VarHandleOp', attributes, []));
    if (values) this.write(values);
  }

  read(): Tensor {
    const attributes = [attr.type(this.native, 'dtype', 'float32')];
    this.cached ??= tf.keep(this.native.executeSingleOutput('ReadVariableOp', attributes, [this.handle]));
    return this.cached;
  }

  write(values: Float32Array | Tensor): void {
    // A tensor of an array may share its memory, and the variable that of the tensor: changes in place must not reach either.
    const source = values instanceof Float32Array ? copyOf(tf.tensor(values, [...this.shape], 'float32')) : values;
    this.change('AssignVariableOp', [attr.type(this.native, 'dtype', 'float32')], [source]);
    if (source !== values) source.dispose();
  }

  toHost(): Float32Array {
    const held = this.cached !== undefined;
    const values = this.read().dataSync() as Float32Array; // a copy: tfjs-node makes one of what an op gave
    // A reader that nobody asked for would make the next change copy the whole variable.
    if (!held) this.forget();
    return values;
  }

  /** Runs an op that changes the variable in place; its first input is the handle. */
  change(op: string, attributes: Parameters<NativeBackend['executeSingleOutput']>[1], inputs: Tensor[]): void {
    this.forget();
    this.native.executeMultipleOutputs(op, attributes, [this.handle, ...inputs], 0);
  }

  /** Gives up the cached reading: TensorFlow changes a variable in place only while nobody else holds its value. */
  forget(): void {
    this.cached?.dispose();
    this.cached = undefined;
  }

  dispose(): void {
    this.forget();
    this.native.executeMultipleOutputs(
      'DestroyResourceOp',
      [attr.bool(this.native, 'ignore_lookup_error', true)],
      [this.handle],
      0,
    );
    this.handle.dispose();
  }
}

/** A tensor with memory of its own; disposes the other. */
function copyOf(tensor: Tensor): Tensor {
  const copy = tf.tidy(() => tf.mul(tensor, 1));
  tensor.dispose();
  return copy;
}
