const cross = 'packages/backbones/src/cross.ts';
const affineLayers = 'packages/core/src/network/affine-layers.ts';
const batchNorm = 'packages/core/src/network/batch-norm.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const backbones = [
  ['cross: residual subtracted', cross, ': mulAdd(x0, f, x), batch)', ': mulAdd(x0, f, mul(x, -1)), batch)'],
  ['cross: x_l in place of x_0', cross, 'mulAdd(x0, f, x)', 'mulAdd(x, f, x)'],
  ['cross: no tanh after V', cross, 'const low = tanh(v.forward(x, batch));', 'const low = v.forward(x, batch);'],
  [
    'cross: no tanh after C',
    cross,
    'const inner = tanh(map.forward(lowOfExpert, batch));',
    'const inner = map.forward(lowOfExpert, batch);',
  ],
  [
    'cross: no bias of experts',
    cross,
    'return biasAdd(u.forward(concat(mixed, 1), batch), bias.value);',
    'return biasAdd(u.forward(concat(mixed, 1), batch), mul(bias.value, 0));',
  ],
  [
    'tower: norm after the activation',
    affineLayers,
    'return activate(activation, norm ? norm(z, batch) : z);',
    'return norm ? norm(activate(activation, z), batch) : activate(activation, z);',
  ],
  ['batch norm: epsilon', batchNorm, 'const EPSILON = 1e-5;', 'const EPSILON = 1e-3;'],
  ['batch norm: momentum', batchNorm, 'const MOMENTUM = 0.1;', 'const MOMENTUM = 0.01;'],
  [
    'batch norm: biased moving variance',
    'packages/tensor/src/ops/batch-norm.ts',
    'variance: tf.clone(variance) }',
    'variance: tf.mul(variance, (rows - 1) / rows) }',
  ],
  [
    'leaky relu: slope',
    'packages/tensor/src/ops/activations.ts',
    "attr.float(native, 'alpha', 0.01)",
    "attr.float(native, 'alpha', 0.02)",
  ],
  ['gelu: slope', 'packages/tensor/native/activations.cc', 'share + x * density', 'share - x * density'],
];
