const generated = 'plugins/apg/src/generated-affine.ts';
const generator = 'plugins/apg/src/generator.ts';
const shared = 'plugins/apg/src/shared-factors.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const apg = [
  ['S left out', generated, 'const mixed = multiply(low, generated.core, rank, rank, batch);', 'const mixed = low;'],
  [
    'self-wise: S transposed',
    'packages/tensor/src/ops/group-matmul.ts',
    'matMul(reshape(x, [rows, 1, n]), kernels), [rows, m]',
    'matMul(reshape(x, [rows, 1, n]), kernels, false, n === m), [rows, m]',
  ],
  ['bias left out', generated, 'if (bias) return biasAdd(y, bias.value);', 'if (bias) return y;'],
  ['generated bias subtracted', generated, 'import { add, affine', 'import { sub as add, affine'],
  [
    'product of factors: left factor three times',
    shared,
    'return () => matMul(left.value, right.value);',
    'return () => matMul(matMul(left.value, left.value, false, true), matMul(left.value, right.value));',
  ],
  ['hyper-network without relu', 'plugins/apg/src/hyper-network.ts', 'relu(layer(value))', 'layer(value)'],
  ['attention without softmax', generator, 'softmax(this.attention(concat(z, 1)))', 'this.attention(concat(z, 1))'],
  ['sum of conditions: difference', generator, 'import { add, concat', 'import { sub as add, concat'],
  ['logit generated too', 'plugins/apg/src/apg.ts', "if (site.kind === 'logit' || ", 'if ('],
];
