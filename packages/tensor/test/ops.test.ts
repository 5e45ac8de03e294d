import { describe, expect, it } from 'vitest';
import * as t from '../src/index.js';
import { analyticGradients, expectClose, native, numericGradients, numbers } from './numeric.js';

const group = (): t.Tensor => t.indexVector(Int32Array.of(0, 0, 1, 2, 2, 2));
const index = (): t.Tensor => t.indexVector(Int32Array.of(3, 0, 3, 1, 3));

const cases: [string, (...x: t.Tensor[]) => t.Tensor, number[][]][] = [
  ...t.ACTIVATIONS.map((name): [string, (x: t.Tensor) => t.Tensor, number[][]] => [
    name,
    (x) => t.activate(name, x),
    [[4, 5]],
  ]),
  ['affine', (x, w, b) => t.affine(x!, w!, b), [[5, 3], [3, 4], [4]]],
  [
    'matMul with the first transposed',
    (a, b) => t.matMul(a!, b!, true),
    [
      [3, 5],
      [3, 4],
    ],
  ],
  [
    'matMul with the second transposed',
    (a, b) => t.matMul(a!, b!, false, true),
    [
      [5, 3],
      [4, 3],
    ],
  ],
  [
    'matMul transposed',
    (a, b) => t.matMul(a!, b!, true, true),
    [
      [3, 5],
      [4, 3],
    ],
  ],
  ['normalizeBatch', (x, g, b) => t.normalizeBatch(x!, g!, b!, 1e-3).y, [[6, 3], [3], [3]]],
  [
    'normalizeWith',
    (x, m, g, b) => t.normalizeWith(x!, m!, t.tensor([1, 2, 3], [3]), g!, b!, 1e-3),
    [[6, 3], [3], [3], [3]],
  ],
  ['gatherRows', (x) => t.gatherRows(x!, index()), [[4, 3]]],
  ['segmentSum', (x) => t.segmentSum(x!, group(), 4), [[6, 3]]],
  [
    'segmentSoftmax, a segment of one row and one of none',
    (x) => t.segmentSoftmax(x!, Int32Array.of(0, 2, 3, 3, 6)),
    [[6, 1]],
  ],
  [
    'scaleRows',
    (h, f) => t.scaleRows(h!, f!, group()),
    [
      [6, 4],
      [3, 4],
    ],
  ],
  [
    'scaleRows of one group',
    (h, f) => t.scaleRows(h!, f!, t.indexVector(new Int32Array(6))),
    [
      [6, 4],
      [1, 4],
    ],
  ],
  [
    'groupMatMul, groups of one row, of a full tile, and of one row more',
    (x, k) => t.groupMatMul(x!, k!, t.rowTiles(Int32Array.of(0, 1, 17, 34))),
    [
      [34, 2],
      [3, 2, 3],
    ],
  ],
  [
    'rowMatMul',
    (x, k) => t.rowMatMul(x!, k!),
    [
      [4, 3],
      [4, 3, 2],
    ],
  ],
  ['splitRows', (x) => t.mul(t.concat(t.splitRows(x!, [2, 1, 3]).reverse(), 0), x!), [[6, 2]]],
  [
    'groupAffine, a group without factors of its own, and factors without a group',
    (x, w, own, b) => t.groupAffine(x!, [1, 3, 2], { kernel: w!, groupFactors: own!, at: [0, -1, 2], biases: b! }),
    [
      [6, 3],
      [3, 4],
      [4, 3, 4],
      [3, 4],
    ],
  ],
  [
    'groupAffine, every factor with its group',
    (x, w, own, b) => t.groupAffine(x!, [1, 3], { kernel: w!, groupFactors: own!, at: [0, 1], biases: b! }),
    [
      [4, 3],
      [3, 4],
      [2, 3, 4],
      [2, 4],
    ],
  ],
  [
    'groupAffine of one group, without biases',
    (x, w, own) => t.groupAffine(x!, [4], { kernel: w!, groupFactors: own!, at: [0] }),
    [
      [4, 3],
      [3, 2],
      [1, 3, 2],
    ],
  ],
  [
    'normalizeGroups, a group of one row',
    (x, g, b) => {
      const fallback = {
        mean: t.tensor(numbers(9, 4), [3, 3]),
        variance: t.tensor(new Float32Array(9).fill(2), [3, 3]),
      };
      const groups = { index: t.indexVector(Int32Array.of(0, 0, 0, 1, 2, 2, 2)), sizes: [3, 1, 3] };
      return t.normalizeGroups(x!, groups, g!, b!, fallback, 1e-3).y;
    },
    [
      [7, 3],
      [3, 3],
      [3, 3],
    ],
  ],
  [
    'normalizeGroupsWith',
    (x, g, b) => {
      const given = { mean: t.tensor(numbers(9, 4), [3, 3]), variance: t.tensor(new Float32Array(9).fill(2), [3, 3]) };
      return t.normalizeGroupsWith(x!, { index: group() }, g!, b!, given, 1e-3);
    },
    [
      [6, 3],
      [3, 3],
      [3, 3],
    ],
  ],
  ['sigmoidCrossEntropy', (x) => t.sigmoidCrossEntropy(x!, t.tensor([0, 1, 1, 0], [4, 1])), [[4, 1]]],
  ['softmax', (x) => t.softmax(x!), [[3, 4]]],
  [
    'mul',
    (a, b) => t.mul(a!, b!),
    [
      [4, 3],
      [4, 3],
    ],
  ],
  [
    'add',
    (a, b) => t.add(a!, t.mul(b!, b!)),
    [
      [4, 3],
      [4, 3],
    ],
  ],
  [
    'sub',
    (a, b) => t.sub(t.mul(a!, a!), t.mul(b!, b!)),
    [
      [4, 3],
      [4, 3],
    ],
  ],
  ['mul by a number on either side', (a) => t.mul(t.mul(a!, 3), t.mul(-2, a!)), [[4, 3]]],
  ['add a number on either side', (a) => t.mul(t.add(a!, 3), t.add(-2, a!)), [[4, 3]]],
  ['sub a number on either side', (a) => t.mul(t.sub(a!, 3), t.sub(1, a!)), [[4, 3]]],
  [
    'mul of each row by a number',
    (a, b) => t.mul(a!, b!),
    [
      [4, 3],
      [4, 1],
    ],
  ],
  ['mul with broadcasting', (a, b) => t.mul(a!, b!), [[4, 3], [3]]],
  [
    'div',
    (a, b) => t.div(a!, t.add(t.square(b!), 1)),
    [
      [4, 3],
      [4, 3],
    ],
  ],
  [
    'concat and slice',
    (a, b) => t.slice(t.concat([a!, b!], 1), [0, 1], [-1, 3]),
    [
      [3, 2],
      [3, 3],
    ],
  ],
  ['transpose and reshape', (a) => t.reshape(t.transpose(a!), [2, 6]), [[4, 3]]],
  ['keepAbove', (a) => t.mul(t.keepAbove(a!, 0.05), a!), [[4, 5]]],
  ['exp and sqrt', (a) => t.sqrt(t.exp(a!)), [[4, 3]]],
  ['exp', (a) => t.exp(a!), [[4, 3]]],
  ['sqrt', (a) => t.sqrt(t.add(t.square(a!), 1)), [[4, 3]]],
  ['log and abs', (a) => t.log(t.add(t.abs(a!), 1)), [[4, 3]]],
  ['maximum and minimum', (a, b) => t.mul(t.maximum(a!, b!), t.minimum(a!, 0.5)), [[4, 3], [3]]],
  ['mean and sum', (a) => t.add(t.mean(a!, 0, true), t.sum(a!, 1, true)), [[3, 3]]],
];

describe.each([
  ['native', false],
  ['portable', true],
] as const)('%s ops', (form, portable) => {
  const run = <T>(body: () => T): T => (portable ? t.withPortableOps(body) : body());
  it.skipIf(form === 'native' && !native).each(cases)(
    '%s has the gradient of its finite differences',
    (_name, op, shapes) => {
      run(() => {
        const { gradients } = analyticGradients(op, shapes);
        const numeric = numericGradients(op, shapes);
        gradients.forEach((gradient, i) => expectClose(gradient, numeric[i]!, 2e-2));
      });
    },
  );
});

describe.skipIf(!native)('native and portable forms agree', () => {
  it.each(cases)('%s', (_name, op, shapes) => {
    const fast = analyticGradients(op, shapes);
    const slow = t.withPortableOps(() => analyticGradients(op, shapes));
    expectClose(fast.values, slow.values, 1e-5);
    fast.gradients.forEach((gradient, i) => expectClose(gradient, slow.gradients[i]!, 1e-4));
  });
});

describe('portable ops have second derivatives', () => {
  it.each(cases)('%s', (_name, op, shapes) => {
    t.withPortableOps(() => {
      // The gradients of the op, side by side, as an op of their own.
      const gradient = (...inputs: t.Tensor[]): t.Tensor => {
        const weighted = (): t.Scalar => {
          const y = op(...inputs);
          return t.sum(t.mul(t.mul(y, y), t.tensor(numbers(y.size, 5), y.shape))) as t.Scalar;
        };
        const { gradients } = t.valueAndGradients(weighted, inputs);
        return t.concat(gradients.map((each) => t.reshape(each!, [-1])));
      };
      const second = analyticGradients(gradient, shapes).gradients;
      const numeric = numericGradients(gradient, shapes, 5e-3);
      second.forEach((each, i) => {
        const scale = Math.max(1, ...numeric[i]!.map(Math.abs));
        expectClose(
          each.map((value) => value / scale),
          numeric[i]!.map((value) => value / scale),
          2e-2,
        );
      });
    });
  });
});

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
