const factors = 'plugins/adasparse/src/factors.ts';
const pruner = 'plugins/adasparse/src/pruner.ts';
const regularizer = 'plugins/adasparse/src/regularizer.ts';
const sparsity = 'plugins/adasparse/src/layer-sparsity.ts';
const plugin = 'plugins/adasparse/src/adasparse.ts';
const domainInput = 'plugins/adasparse/src/domain-input.ts';

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
  ['alpha grows backwards', plugin, 'from + (to - from) * this.way', 'to + (from - to) * this.way'],
  [
    'hidden before domain',
    pruner,
    'concat([batch.spread(domain.of(batch)), h], 1)',
    'concat([h, batch.spread(domain.of(batch))], 1)',
  ],
  ['share of cut neurons: of kept ones', sparsity, 'return sub(1, mean);', 'return mean;'],
  [
    'rows of domains not counted',
    sparsity,
    'return mean(matMul(reshape(batch.shares, [1, -1]), values));',
    'return mean(values);',
  ],
  ['range: target', regularizer, 'const target = (min + max) / 2;', 'const target = max;'],
  ['range: inside punished', regularizer, 'stepAbove(sub(min, counted), ROUNDING)', 'stepAbove(counted, -1)'],
  ['penalty: not divided by layers', regularizer, 'strength / layers.length', 'strength'],
  [
    'penalty: detached either way',
    regularizer,
    'detach ? stopGradient(distance) : distance',
    'detach ? stopGradient(distance) : stopGradient(distance)',
  ],
  ['penalty: sign of the stand-in', regularizer, 'sub(soft, stopGradient(soft))', 'sub(stopGradient(soft), soft)'],
  ['penalty by domain: domains count alike', regularizer, 'sum(mul(shares, term))', 'mul(sum(term), 0.25)'],
  [
    'domain table: rows moved by one',
    domainInput,
    'tensor(none, [1, dim]), table.value',
    'table.value, tensor(none, [1, dim])',
  ],
  ['normalized: by the norm', domainInput, 'mean(square(x), 1, true)', 'div(mean(square(x), 1, true), 4)'],
  [
    'residual: sum for branch',
    plugin,
    "site.residual && this.options.residual === 'sum'",
    "site.residual && this.options.residual === 'branch'",
  ],
  ['shared embedding: not enlarged', domainInput, 'mul(domains, domain.scale)', 'mul(domains, 1)'],
];
