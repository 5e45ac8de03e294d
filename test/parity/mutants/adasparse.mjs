const factors = 'plugins/adasparse/src/factors.ts';
const pruner = 'plugins/adasparse/src/pruner.ts';
const regularizer = 'plugins/adasparse/src/regularizer.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const adasparse = [
  ['threshold by sign', factors, 'stepAbove(soft, epsilon)', 'sub(mul(stepAbove(soft, epsilon), 2), 1)'],
  ['scaling: alpha', factors, 'mul(sigmoid(v), beta)', 'mul(sigmoid(mul(v, alpha)), beta)'],
  ['fusion: no alpha', factors, 'const soft = sigmoid(mul(v, alpha));', 'const soft = sigmoid(v);'],
  ['fusion: no beta', factors, 'const graded = mul(soft, beta);', 'const graded = mul(soft, 1);'],
  ['gradient through cut neurons', factors, 'options.gradientThroughCut ?', '!options.gradientThroughCut ?'],
  [
    'gate: threshold of fusion',
    factors,
    'options.epsilon / options.beta : options.epsilon',
    'options.epsilon : options.epsilon',
  ],
  [
    'gate: sign of the shift',
    factors,
    'sigmoid(sub(mul(v, alpha), Math.log(share / (1 - share))))',
    'sigmoid(sub(mul(v, alpha), -Math.log(share / (1 - share))))',
  ],
  [
    'alpha grows backwards',
    pruner,
    'const alpha = alphaStart + (alphaEnd - alphaStart)',
    'const alpha = alphaEnd + (alphaStart - alphaEnd)',
  ],
  [
    'hidden before domain',
    pruner,
    'concat([batch.spread(batch.domains), h], 1)',
    'concat([h, batch.spread(batch.domains)], 1)',
  ],
  ['gradient of the share: sign', pruner, 'sub(1, this.meanOverRows(', 'mul(1, this.meanOverRows('],
  [
    'rows of domains not counted',
    pruner,
    'return mean(matMul(reshape(batch.shares, [1, -1]), values));',
    'return mean(values);',
  ],
  ['range: target', regularizer, 'const target = (min + max) / 2;', 'const target = max;'],
  ['range: inside punished', regularizer, 'counted < min || counted > max', 'counted < 2 || counted > max'],
  ['penalty: not divided by layers', regularizer, 'strength / layers.length', 'strength'],
  [
    'penalty: detached either way',
    regularizer,
    'detach ? stopGradient(distance) : distance',
    'detach ? stopGradient(distance) : stopGradient(distance)',
  ],
  [
    'penalty: sign of the stand-in',
    regularizer,
    'add(share, counted - target - toNumber(share))',
    'add(mul(share, -1), counted - target + toNumber(share))',
  ],
];
