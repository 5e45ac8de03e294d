import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { activate, affine, biasAdd, groupAffine, matMul, type Tensor } from '../src/index.js';
import { attr, hasOwnKernels, KERNEL_PRECISIONS, nativeOps } from '../src/native.js';
import { byRowGroups } from '../src/ops/group-affine-ops.js';
import { RowGroupOps } from '../src/ops/row-group-ops.js';
import { info, normal, expectClose } from './kernel-fixtures.js';

describe.skipIf(!hasOwnKernels())(`our kernels (${info.kernels ?? info.kernelsMissing})`, () => {
  // Sizes on both sides of the edges of panels (6 or 12 rows, 16 or 32 columns) and of the depth of a block (192).
  it.each([
    { sizes: [1, 1], n: 1, m: 1, at: [0, 1] },
    { sizes: [5, 0, 1, 25], n: 7, m: 33, at: [2, 1, -1, 0] },
    { sizes: [13, 300], n: 193, m: 17, at: [0, 2] },
    { sizes: [241, 12, 479], n: 40, m: 200, at: [1, -1, 0] },
    { sizes: [96, 31, 2], n: 385, m: 256, at: [2, 0, 1] },
    { sizes: [700, 140, 180], n: 336, m: 512, at: [0, 1, 2] },
  ])("equal TensorFlow's ops: groups of $sizes rows, kernel $n x $m", ({ sizes, n, m, at }) => {
    const rows = sizes.reduce((a, b) => a + b, 0);
    const inputs = [normal(rows, n), normal(n, m), normal(3, n, m), normal(sizes.length, m)];
    const dy = normal(rows, m);
    const taken = at.filter((row) => row >= 0);
    const weights = (kernel: Tensor, groupFactors: Tensor, biases: Tensor) => ({ kernel, groupFactors, at, biases });
    const ours = tf.valueAndGrads((x, w, own, b) => groupAffine(x!, sizes, weights(w!, own!, b!)))(inputs, dy);
    const ops = new RowGroupOps(nativeOps()!, sizes);
    const theirs = tf.valueAndGrads((x, w, own, b) => byRowGroups(ops, x!, weights(w!, own!, b!), taken))(inputs, dy);
    expectClose(ours.value, theirs.value);
    ours.grads.forEach((gradient, i) => expectClose(gradient, theirs.grads[i]!));
  });

  // Sizes on both sides of the edges of panels (6, 12 or 32 rows, 16 or 32 columns), blocks (192 or 512 deep), and threads' parts.
  const layers = [
    { rows: 1, n: 16, m: 16 },
    { rows: 7, n: 33, m: 17 },
    { rows: 130, n: 193, m: 47 },
    { rows: 700, n: 40, m: 200 },
    { rows: 513, n: 336, m: 512 },
    { rows: 1100, n: 700, m: 31 },
  ];
  describe.each([{ activation: 'relu' }, { activation: 'linear' }] as const)('dense layer, $activation', (kind) => {
    it.each(layers)("equals TensorFlow's ops: $rows rows, kernel $n x $m", ({ rows, n, m }) => {
      const inputs = [normal(rows, n), normal(n, m), normal(m)];
      const dy = normal(rows, m);
      const ours = tf.valueAndGrads((x, w, b) => affine(x!, w!, b, kind.activation))(inputs, dy);
      const layer = (x: Tensor, w: Tensor, b: Tensor): Tensor => activate(kind.activation, biasAdd(matMul(x, w), b));
      const theirs = tf.valueAndGrads((x, w, b) => layer(x!, w!, b!))(inputs, dy);
      expectClose(ours.value, theirs.value);
      ours.grads.forEach((gradient, i) => expectClose(gradient, theirs.grads[i]!));
    });
  });

  it('a dense layer without bias', () => {
    const inputs = [normal(50, 20), normal(20, 30)];
    const ours = tf.valueAndGrads((x, w) => affine(x!, w!))(inputs, normal(50, 30));
    expectClose(ours.value, matMul(inputs[0]!, inputs[1]!));
    expect(ours.grads).toHaveLength(2);
  });

  it('refuse a bias that does not fit', () => {
    expect(() => affine(normal(5, 20), normal(20, 16), normal(15))).toThrow('do not fit');
  });

  describe.each(formsOfBfloat16())('%s', (form) => {
    // Products of rounded numbers, summed in float32: what float32 gives for operands that were rounded before.
    it.each(layers)('are products of rounded numbers: $rows rows, kernel $n x $m', ({ rows, n, m }) => {
      const [x, w, b, dy] = [normal(rows, n), normal(n, m), normal(m), normal(rows, m)];
      const exact = nativeOps()!;
      const precision = (name: keyof typeof KERNEL_PRECISIONS) => [
        attr.int(exact, 'relu', 1),
        attr.int(exact, 'precision', KERNEL_PRECISIONS[name]),
      ];
      const y = exact.executeSingleOutput('MdctrDense', precision(form), [x, w, b]);
      const expected = tf.relu(tf.add(matMul(rounded(x), rounded(w)), b));
      expectClose(y, expected);
      const grads = (name: keyof typeof KERNEL_PRECISIONS, round: (x: Tensor) => Tensor): Tensor[] =>
        exact.executeMultipleOutputs('MdctrDenseGrad', precision(name), [round(dy), round(x), round(w), y], 3);
      const [ours, theirs] = [grads(form, (x) => x), grads('float32', rounded)];
      for (const i of [0, 1]) expectClose(ours[i]!, theirs[i]!);
      expectClose(ours[2]!, grads('float32', (x) => x)[2]!); // sums are not rounded
    });

    it('of groups of rows as well', () => {
      const sizes = tf.tensor1d([70, 0, 31], 'int32');
      const at = tf.tensor1d([1, 0, -1], 'int32');
      const [x, w, own, b] = [normal(101, 50), normal(50, 40), normal(2, 50, 40), normal(3, 40)];
      const run = (name: keyof typeof KERNEL_PRECISIONS, x: Tensor): Tensor => {
        const attributes = [attr.int(nativeOps()!, 'precision', KERNEL_PRECISIONS[name])];
        return nativeOps()!.executeSingleOutput('MdctrGroupAffine', attributes, [x, w, own, b, sizes, at]);
      };
      const difference = tf.max(tf.abs(tf.sub(run(form, x), run('float32', x)))).dataSync()[0]!;
      expect(difference).toBeGreaterThan(1e-3); // it is bfloat16 indeed
      expect(difference).toBeLessThan(0.2); // of sums of 50 products of three normal numbers, each off by up to 1 in 128
    });
  });
});

function formsOfBfloat16(): ('bfloat16 pairs' | 'bfloat16 tiles')[] {
  if (info.kernels === 'x86-64-v4+amx') return ['bfloat16 pairs', 'bfloat16 tiles'];
  return info.kernels === 'x86-64-v4+bf16' ? ['bfloat16 pairs'] : [];
}

/** The nearest bfloat16 of each number, ties to even. */
function rounded(x: Tensor): Tensor {
  const values = Float32Array.from(x.dataSync());
  const bits = new Uint32Array(values.buffer);
  bits.forEach((value, i) => (bits[i] = (value + 0x7fff + ((value >> 16) & 1)) & 0xffff0000));
  return tf.tensor(values, x.shape);
}
