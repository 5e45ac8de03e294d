import * as t from '../src/index.js';
import { numbers } from './numeric.js';

const group = (): t.Tensor => t.indexVector(Int32Array.of(0, 0, 1, 2, 2, 2));
const index = (): t.Tensor => t.indexVector(Int32Array.of(3, 0, 3, 1, 3));

/** Ops with their names and the shapes of their operands, which are drawn. */
export const cases: [string, (...x: t.Tensor[]) => t.Tensor, number[][]][] = [
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
    (x, w, factors) => t.groupAffine(x!, [4], { kernel: w!, groupFactors: factors!, at: [0] }),
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
  ['sigmoidFocalLoss', (x) => t.sigmoidFocalLoss(2, x!, t.tensor([0, 1, 0.3, 0], [4, 1])), [[4, 1]]],
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
