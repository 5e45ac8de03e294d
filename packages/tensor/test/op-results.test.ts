import { describe, expect, it } from 'vitest';
import * as t from '../src/index.js';
import { expectClose, numbers } from './numeric.js';

describe('ops without a smooth gradient', () => {
  const x = (): t.Tensor => t.tensor([-1, 0.2, 0.3, 2], [4]);

  it('stepAbove gives 0 or 1 and stops the gradient', () => {
    expect([...t.toHost(t.stepAbove(x(), 0.25))]).toEqual([0, 0, 1, 1]);
    const input = x();
    const { gradients } = t.valueAndGradients(() => t.sum(t.mul(t.stepAbove(input, 0.25), input)) as t.Scalar, [input]);
    expect([...t.toHost(gradients[0]!)]).toEqual([0, 0, 1, 1]);
  });

  it('keepAbove keeps what is above the threshold, and its gradient', () => {
    const input = x();
    const kept = (): t.Scalar => t.sum(t.mul(t.keepAbove(input, 0.25), 3)) as t.Scalar;
    expectClose(t.toHost(t.keepAbove(input, 0.25)), [0, 0, 0.3, 2], 1e-6);
    expect([...t.toHost(t.valueAndGradients(kept, [input]).gradients[0]!)]).toEqual([0, 0, 3, 3]);
  });

  it('straightThrough has the value of the first and the gradient of the second', () => {
    const input = x();
    const through = (): t.Tensor => t.straightThrough(t.stepAbove(input, 0), t.mul(input, 3));
    expect([...t.toHost(through())]).toEqual([0, 1, 1, 1]);
    const { gradients } = t.valueAndGradients(() => t.sum(through()) as t.Scalar, [input]);
    expect([...t.toHost(gradients[0]!)]).toEqual([3, 3, 3, 3]);
  });

  it('stopGradient passes the value only', () => {
    const input = x();
    const { gradients } = t.valueAndGradients(() => t.sum(t.mul(t.stopGradient(input), input)) as t.Scalar, [input]);
    expectClose(t.toHost(gradients[0]!), [-1, 0.2, 0.3, 2], 1e-6);
  });
});

describe('segmentSoftmax', () => {
  it('is each segment’s softmax, whatever the others hold and however large scores are', () => {
    const scores = [1e4, 1e4 - 1, -1e4, 3, -200, -201];
    const found = t.toHost(t.segmentSoftmax(t.tensor(scores, [6, 1]), Int32Array.of(0, 2, 3, 3, 4, 6)));
    const more = 1 / (1 + Math.exp(-1));
    expectClose(found, [more, 1 - more, 1, 1, more, 1 - more], 1e-6);
    expect([...found.slice(4)]).toEqual([
      ...t.toHost(t.segmentSoftmax(t.tensor(scores.slice(4), [2, 1]), Int32Array.of(0, 2))),
    ]);
  });
});

describe('groupMatMul', () => {
  it('gives each row the matrix of its group', () => {
    const starts = Int32Array.of(0, 40, 41, 41, 50);
    const [x, kernels] = [numbers(50 * 2, 1), numbers(4 * 2 * 3, 2)];
    const found = t.toHost(t.groupMatMul(t.tensor(x, [50, 2]), t.tensor(kernels, [4, 2, 3]), t.rowTiles(starts)));
    const wanted = Array.from({ length: 50 * 3 }, (_, at) => {
      const [row, unit] = [Math.floor(at / 3), at % 3];
      const group = row < 40 ? 0 : row < 41 ? 1 : 3;
      return x[row * 2]! * kernels[group * 6 + unit]! + x[row * 2 + 1]! * kernels[group * 6 + 3 + unit]!;
    });
    expectClose(found, wanted, 1e-5);
  });
});

describe('dropout', () => {
  it('keeps the mean, sets the asked share to 0, and repeats with the seed', () => {
    const x = t.tensor(new Float32Array(20_000).fill(1), [100, 200]);
    const y = t.toHost(t.dropout(x, 0.3, new t.Random(5)));
    const zeros = y.filter((value) => value === 0).length / y.length;
    expect(zeros).toBeGreaterThan(0.28);
    expect(zeros).toBeLessThan(0.32);
    expect(y.find((value) => value !== 0)).toBeCloseTo(1 / 0.7, 3);
    expect(t.toHost(t.dropout(x, 0.3, new t.Random(5)))).toEqual(y);
    expect(t.toHost(t.dropout(x, 0.3, new t.Random(6)))).not.toEqual(y);
  });
});

describe('flops', () => {
  it('counts a multiply-add as two, and the bias once', () => {
    const [x, w, b] = [t.tensor(numbers(6), [2, 3]), t.tensor(numbers(12), [3, 4]), t.tensor(numbers(4), [4])];
    expect(t.countFlops(() => void t.affine(x, w, b))).toBe(2 * 2 * 3 * 4 + 2 * 4);
  });
});
