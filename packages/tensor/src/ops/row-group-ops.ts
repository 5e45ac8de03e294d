import { firstOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import { attr, type Attribute, type NativeBackend } from '../native.js';
import { tf } from '../tfjs.js';
import { take } from './take.js';

/**
 * TensorFlow's ops on groups of rows, called without the tape: what uses them brings its own gradient. A batch of many
 * groups takes many small ops, so the tape's share of each would show.
 */
export class RowGroupOps {
  private readonly float: Attribute;

  constructor(
    private readonly native: NativeBackend,
    /** [G] rows of each group. */
    private readonly sizes: readonly number[],
  ) {
    this.float = attr.type(native, 'T', 'float32');
  }

  /** [B, n] -> G times [rows of the group, n]; the parts share the memory of the whole where rows are aligned. */
  split(x: Tensor): Tensor[] {
    const { length } = this.sizes;
    if (length === 1) return [x];
    const attributes = [
      this.float,
      attr.type(this.native, 'Tlen', 'int32'),
      attr.int(this.native, 'num_split', length),
    ];
    const inputs = [x, tf.tensor1d([...this.sizes], 'int32'), tf.scalar(0, 'int32')];
    return this.native.executeMultipleOutputs('SplitV', attributes, inputs, length);
  }

  /** [count, ...] -> count times [...]; the parts share the memory of the whole where they are aligned. */
  unstack(x: Tensor, count: number): Tensor[] {
    const attributes = [this.float, attr.int(this.native, 'num', count), attr.int(this.native, 'axis', 0)];
    return this.native.executeMultipleOutputs('Unpack', attributes, [x], count);
  }

  /** Joins the rows of all groups. */
  concat(parts: Tensor[]): Tensor {
    if (parts.length === 1) return firstOf(parts);
    const attributes = [this.float, attr.int(this.native, 'N', parts.length), attr.type(this.native, 'Tidx', 'int32')];
    return this.native.executeSingleOutput('ConcatV2', attributes, [...parts, tf.scalar(0, 'int32')]);
  }

  /** Joins tensors of one shape along a new first dimension. */
  stack(parts: Tensor[]): Tensor {
    const attributes = [this.float, attr.int(this.native, 'N', parts.length), attr.int(this.native, 'axis', 0)];
    return this.native.executeSingleOutput('Pack', attributes, parts);
  }

  /** Entries of the first dimension: x [D, ...] -> [entries, ...]. */
  gather(x: Tensor, entries: readonly number[]): Tensor {
    return take(x, tf.tensor1d([...entries], 'int32'));
  }

  /** Puts entries into zeros [D, ...]: the reverse of `gather`. */
  scatter(x: Tensor, entries: readonly number[], domains: number): Tensor {
    const index = tf.tensor2d([...entries], [entries.length, 1], 'int32');
    return tf.scatterND(index, x, [domains, ...x.shape.slice(1)]);
  }

  /** Sum over the first dimension: [count, ...] -> [1, elements]; as a matrix product it takes a third of the time. */
  sumFirst(x: Tensor): Tensor {
    const count = x.shape[0];
    return this.matMul(tf.fill([1, count], 1), tf.reshape(x, [count, -1]));
  }

  /** Sum of tensors of one shape. */
  sum(terms: Tensor[]): Tensor {
    if (terms.length === 1) return firstOf(terms);
    return this.native.executeSingleOutput('AddN', [this.float, attr.int(this.native, 'N', terms.length)], terms);
  }

  mul(a: Tensor, b: Tensor): Tensor {
    return this.native.executeSingleOutput('Mul', [this.float], [a, b]);
  }

  /** a b, or a^T b. */
  matMul(a: Tensor, b: Tensor, transposeA = false): Tensor {
    const attributes = [
      this.float,
      attr.bool(this.native, 'transpose_a', transposeA),
      attr.bool(this.native, 'transpose_b', false),
    ];
    return this.native.executeSingleOutput('MatMul', attributes, [a, b]);
  }

  /**
   * a b^T. TensorFlow's batched product, on one pair of matrices: for some hundred rows it takes two thirds of the time of
   * `MatMul` with its second operand transposed.
   */
  matMulTransposed(a: Tensor, b: Tensor): Tensor {
    const attributes = [this.float, attr.bool(this.native, 'adj_x', false), attr.bool(this.native, 'adj_y', true)];
    return this.native.executeSingleOutput('BatchMatMulV2', attributes, [a, b]);
  }

  /** [n, m] + [m] */
  biasAdd(x: Tensor, bias: Tensor): Tensor {
    return this.native.executeSingleOutput('BiasAdd', [this.float, this.rowMajor], [x, bias]);
  }

  /** [n, m] -> [m] */
  readonly sumRows = (x: Tensor): Tensor =>
    this.native.executeSingleOutput('BiasAddGrad', [this.float, this.rowMajor], [x]);

  private get rowMajor(): Attribute {
    return attr.string(this.native, 'data_format', 'NHWC');
  }
}
