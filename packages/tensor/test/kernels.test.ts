import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureRuntime, groupAffine, Random, scaleRows, silentReport, type Tensor } from '../src/index.js';
import { hasOwnKernels, nativeOps, withPortableOps } from '../src/native.js';
import { byRowGroups } from '../src/ops/group-affine-ops.js';
import { RowGroupOps } from '../src/ops/row-group-ops.js';
import { loadKernels } from '../src/runtime/kernels.js';

const info = await ensureRuntime({ report: silentReport });
const random = new Random(5);
const normal = (...shape: number[]): Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

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
    const weights = (kernel: Tensor, own: Tensor, biases: Tensor) => ({ kernel, own, at, biases });
    const ours = tf.valueAndGrads((x, w, own, b) => groupAffine(x!, sizes, weights(w!, own!, b!)))(inputs, dy);
    const ops = new RowGroupOps(nativeOps()!, sizes);
    const theirs = tf.valueAndGrads((x, w, own, b) => byRowGroups(ops, x!, weights(w!, own!, b!), taken))(inputs, dy);
    expectClose(ours.value, theirs.value);
    ours.grads.forEach((gradient, i) => expectClose(gradient, theirs.grads[i]!));
  });

  it.each([
    { rows: 1, groups: 2, n: 1 },
    { rows: 30, groups: 3, n: 7 },
    { rows: 700, groups: 4, n: 130 },
  ])('scale $rows rows of $n by the factors of $groups groups', ({ rows, groups, n }) => {
    const [h, factors, dy] = [normal(rows, n), normal(groups, n), normal(rows, n)];
    const index = Int32Array.from({ length: rows }, (_, r) => (r * 5) % groups);
    const group = tf.tensor1d(index, 'int32');
    const ours = tf.valueAndGrads((x, f) => scaleRows(x!, f!, group))([h, factors], dy);
    const theirs = withPortableOps(() => tf.valueAndGrads((x, f) => scaleRows(x!, f!, group))([h, factors], dy));
    expectClose(ours.value, theirs.value);
    ours.grads.forEach((gradient, i) => expectClose(gradient, theirs.grads[i]!));
  });

  it('leave one factor a group to TensorFlow', () => {
    const [h, factors] = [normal(6, 5), normal(2, 1)];
    const group = tf.tensor1d([0, 0, 1, 1, 1, 0], 'int32');
    const scaled = tf.valueAndGrads((x, f) => scaleRows(x!, f!, group))([h, factors], h);
    expectClose(scaled.value, tf.mul(h, tf.gather(factors, group)));
    const squares = tf.sum(tf.square(h), 1); // of each row
    expectClose(scaled.grads[1]!, tf.unsortedSegmentSum(tf.reshape(squares, [6, 1]), group, 2));
  });

  it('refuse a group without factors', () => {
    const group = tf.tensor1d([0, 2], 'int32');
    expect(() => scaleRows(normal(2, 3), normal(2, 3), group)).toThrow('the groups do not fit');
  });

  it('refuse sizes that do not fit the rows', () => {
    const weights = { kernel: normal(3, 2), own: normal(2, 3, 2), at: [0, 1] };
    expect(() => groupAffine(normal(5, 3), [2, 2], weights)).toThrow('sizes of groups');
  });
});

describe('without kernels', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  it('the reason is told, and nothing is left behind', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'mdctr-'));
    folders.push(cache);
    const load = (repair = false) => loadKernels(info.path ?? cache, cache, { report: silentReport, repair });
    const path = process.env.PATH;
    try {
      process.env.PATH = '';
      expect(await load()).toHaveProperty('kernelsMissing');
      expect(await readdir(cache)).toEqual([]);
      process.env.MDCTR_KERNELS = 'off';
      expect(await load()).toEqual({ kernelsMissing: 'MDCTR_KERNELS=off is set' });
    } finally {
      process.env.PATH = path;
      delete process.env.MDCTR_KERNELS;
    }
  });
});

/** Equal but for the order of sums: 1e-5 of the largest number. */
function expectClose(a: Tensor, b: Tensor): void {
  expect(a.shape).toEqual(b.shape);
  const difference = tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
  expect(difference / Math.max(1e-3, tf.max(tf.abs(b)).dataSync()[0]!)).toBeLessThan(1e-5);
}
