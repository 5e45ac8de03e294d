const adam = 'packages/tensor/src/optimizers/adam.ts';
const tableRows = 'packages/tensor/native/table_rows.cc';

/** @type {import('./index.mjs').Mistake[]} */
export const optimizers = [
  [
    'adam: epsilon before the correction',
    adam,
    'const epsilonAt = (epsilon: number, beta2: number, step: number): number => epsilon * Math.sqrt(1 - beta2 ** step);',
    'const epsilonAt = (epsilon: number, _b: number, _s: number): number => epsilon;',
  ],
  [
    'adam: no steps for idle rows',
    'packages/tensor/src/optimizers/idle-rule.ts',
    'sum += rateOf(step - gap + j) * weight;',
    'sum += 0 * rateOf(step - gap + j) * weight;',
  ],
  ['adam: idle decay', adam, 'decay: (gap) => [beta1 ** gap, beta2 ** gap]', 'decay: (gap) => [beta1, beta2 ** gap]'],
  ['adam: first moment of idle rows', tableRows, 'm[j] *= decayM;', 'm[j] *= decayV;'],
  ['adam: rate of rows', tableRows, 'rate * m[j] /', '0.5f * rate * m[j] /'],
  [
    'momentum: idle distance',
    'packages/tensor/src/optimizers/sgd.ts',
    'fadingSum(gap, step, momentum, rateOf)',
    'fadingSum(gap, step, momentum, rateOf) / momentum',
  ],
  [
    'weight decay: none for idle rows',
    'packages/tensor/src/optimizers/rate-history.ts',
    'return Math.exp(this.logKept[to]! - this.logKept[from]!);',
    'return Math.exp(0 * (to - from));',
  ],
  [
    'idle rows: the first rate for every step',
    'packages/tensor/src/optimizers/rate-history.ts',
    'this.rates[step - 1]!',
    'this.rates[0 * step]!',
  ],
  [
    'adagrad: first accumulator',
    'packages/tensor/src/optimizers/adagrad.ts',
    'initialSlot: initialAccumulator,',
    'initialSlot: 0,',
  ],
];
