import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  dropout,
  gelu,
  groupAffine,
  mul,
  mulAdd,
  normalizeGroups,
  Random,
  scaleRows,
  segmentSum,
  sigmoidCrossEntropy,
  silentReport,
  silu,
  type Tensor,
} from '../src/index.js';
import { hasOwnKernels, withPortableOps } from '../src/native.js';
import { loadKernels } from '../src/runtime/kernels.js';
import { info, normal, expectClose } from './kernel-fixtures.js';

describe.skipIf(!hasOwnKernels())(`our kernels (${info.kernels ?? info.kernelsMissing})`, () => {
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

  // Sizes on both sides of a vector (8 or 16 numbers) and of a thread's part (16384).
  it.each([1, 15, 33, 16_384 + 5])('silu and gelu of %i numbers', (size) => {
    const [x, dy] = [tf.mul(normal(size), 3), normal(size)];
    for (const activation of [silu, gelu]) {
      const ours = tf.valueAndGrad((x) => activation(x))(x, dy);
      const theirs = withPortableOps(() => tf.valueAndGrad((x) => activation(x))(x, dy));
      expectClose(ours.value, theirs.value);
      expectClose(ours.grad, theirs.grad);
    }
  });

  it('silu and gelu of extreme numbers', () => {
    const x = tf.tensor1d([-1e4, -100, -20, -0, 0, 20, 100, 1e4]);
    for (const activation of [silu, gelu]) {
      const grad = tf.grad((x) => activation(x))(x);
      expectClose(activation(x), tf.tensor1d([0, 0, 0, 0, 0, 20, 100, 1e4]));
      expectClose(grad, tf.tensor1d([0, 0, 0, 0.5, 0.5, 1, 1, 1]));
    }
  });

  it.each([1, 2, 31, 16_384 + 33])(
    'dropout of %i numbers: the mask of the portable form, in the gradient as well',
    (size) => {
      const [x, dy] = [normal(size), normal(size)];
      const run = () => tf.valueAndGrad((x) => dropout(x, 0.4, new Random(3)))(x, dy);
      const [ours, theirs] = [run(), withPortableOps(run)];
      expect(ours.value.dataSync()).toEqual(theirs.value.dataSync());
      expect(ours.grad.dataSync()).toEqual(theirs.grad.dataSync());
    },
  );

  // Rows narrow and wide, few and enough for all threads; a segment without rows.
  it.each([
    { rows: 1, k: 1, segments: 2 },
    { rows: 3000, k: 16, segments: 1001 },
    { rows: 700, k: 130, segments: 4 },
  ])('sums of $rows rows of $k in $segments segments', ({ rows, k, segments }) => {
    const x = normal(rows, k);
    const index = Int32Array.from({ length: rows }, (_, r) => (r * 7) % (segments - 1));
    const segment = tf.tensor1d(index, 'int32');
    expectClose(segmentSum(x, segment, segments), tf.unsortedSegmentSum(x, segment, segments));
  });

  it.each([false, true])('cross entropy, with weights: %s', (weighted) => {
    const logits = tf.concat([normal(50, 1), tf.tensor2d([-200, -30, 0, 30, 200], [5, 1])]);
    const labels = tf.tensor2d(
      Float32Array.from({ length: 55 }, (_, i) => [0, 1, 0.1][i % 3]!),
      [55, 1],
    );
    const weights = weighted ? tf.abs(normal(55, 1)) : undefined;
    const run = () => tf.valueAndGrad((x) => mul(sigmoidCrossEntropy(x, labels, weights), 3))(logits);
    const [ours, theirs] = [run(), withPortableOps(run)];
    expectClose(ours.value, theirs.value);
    expectClose(ours.grad, theirs.grad);
  });

  it('refuse labels that do not fit the logits', () => {
    expect(() => sigmoidCrossEntropy(normal(4, 1), normal(3, 1))).toThrow('do not fit');
  });

  // A group of one row, and enough columns for all threads.
  it.each([
    { sizes: [3, 1, 7], n: 5 },
    { sizes: [300, 41, 1], n: 130 },
  ])('normalisation of groups of $sizes rows of $n', ({ sizes, n }) => {
    const ids = sizes.flatMap((size, g) => Array<number>(size).fill(g));
    const index = tf.tensor1d(ids, 'int32');
    const given = { mean: normal(sizes.length, n), variance: tf.abs(normal(sizes.length, n)) };
    const inputs = [normal(ids.length, n), normal(sizes.length, n), normal(sizes.length, n)];
    const dy = normal(ids.length, n);
    const run = () => {
      let statistics: Tensor[] = [];
      const found = tf.valueAndGrads((x, scale, offset) => {
        const { y, mean, variance } = normalizeGroups(x!, { index, sizes }, scale!, offset!, given, 1e-3);
        statistics = [tf.keep(mean), tf.keep(variance)];
        return y;
      })(inputs, dy);
      // Those of groups of one row mean nothing.
      const told = tf.tensor2d(sizes.map((size) => [size > 1 ? 1 : 0]));
      return [found.value, ...found.grads, ...statistics.map((of) => tf.mul(of, told))];
    };
    const [ours, theirs] = [run(), withPortableOps(run)];
    ours.forEach((tensor, i) => expectClose(tensor, theirs[i]!));
  });

  it.each([1, 16_384 + 7])('a * b + c of %i numbers', (size) => {
    const inputs = [normal(size), normal(size), normal(size)];
    const dy = normal(size);
    const run = () => tf.valueAndGrads((a, b, c) => mulAdd(a!, b!, c!))(inputs, dy);
    const [ours, theirs] = [run(), withPortableOps(run)];
    expectClose(ours.value, theirs.value);
    ours.grads.forEach((gradient, i) => expectClose(gradient, theirs.grads[i]!));
  });

  it('refuse a row of no segment', () => {
    expect(() => segmentSum(normal(2, 3), tf.tensor1d([0, 2], 'int32'), 2)).toThrow('the segments do not fit');
  });

  it('refuse a group without factors', () => {
    const group = tf.tensor1d([0, 2], 'int32');
    expect(() => scaleRows(normal(2, 3), normal(2, 3), group)).toThrow('the groups do not fit');
  });

  it('refuse sizes that do not fit the rows', () => {
    const weights = { kernel: normal(3, 2), groupFactors: normal(2, 3, 2), at: [0, 1] };
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
