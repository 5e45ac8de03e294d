/**
 * Small mistakes, one at a time: [name, file from the repository's root, text, text in its place].
 * Each text stands exactly once in its file.
 */
const cross = 'packages/backbones/src/cross.ts';
const network = 'packages/core/src/network/network.ts';
const batchNorm = 'packages/core/src/network/batch-norm.ts';
const adam = 'packages/tensor/src/optimizers/adam.ts';
const factors = 'plugins/adasparse/src/factors.ts';
const pruner = 'plugins/adasparse/src/pruner.ts';
const regularizer = 'plugins/adasparse/src/regularizer.ts';
const topology = 'plugins/star/src/star-topology.ts';
const groupAffine = 'packages/tensor/native/group_affine.cc';
const tableRows = 'packages/tensor/native/table_rows.cc';
const norm = 'plugins/star/src/partitioned-norm.ts';
const auxiliary = 'plugins/star/src/auxiliary-network.ts';
const generated = 'plugins/apg/src/generated-affine.ts';
const generator = 'plugins/apg/src/generator.ts';
const shared = 'plugins/apg/src/shared-factors.ts';
const inner = 'plugins/maml/src/inner-loop.ts';
const meta = 'plugins/maml/src/meta-gradients.ts';
const tasks = 'plugins/maml/src/tasks.ts';
const pooling = 'packages/core/src/model/bag-pooling.ts';
const batchBags = 'packages/data/src/batches/batch-bags.ts';
const bags = 'packages/core/src/features/bags.ts';
const perDomain = 'plugins/per-domain/src/per-domain.ts';

const list = {
  backbones: [
    [
      'cross: residual subtracted',
      cross,
      'hidden(add(mul(x0, map(x, batch)), x), batch)',
      'hidden(add(mul(x0, map(x, batch)), mul(x, -1)), batch)',
    ],
    ['cross: x_l in place of x_0', cross, 'mul(x0, map(x, batch))', 'mul(x, map(x, batch))'],
    ['cross: no tanh after V', cross, 'const low = tanh(v.forward(x, batch));', 'const low = v.forward(x, batch);'],
    [
      'cross: no tanh after C',
      cross,
      'const inner = tanh(map.forward(own, batch));',
      'const inner = map.forward(own, batch);',
    ],
    [
      'cross: no bias of experts',
      cross,
      'return biasAdd(u.forward(concat(mixed, 1), batch), bias.value);',
      'return biasAdd(u.forward(concat(mixed, 1), batch), mul(bias.value, 0));',
    ],
    [
      'tower: norm after the activation',
      network,
      'const h = activate(activation, norm ? norm(z, batch) : z);',
      'const h = norm ? norm(activate(activation, z), batch) : activate(activation, z);',
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
      'nativeOps() ? tf.leakyRelu(x, 0.01)',
      'nativeOps() ? tf.leakyRelu(x, 0.02)',
    ],
    ['gelu: root', 'packages/tensor/src/ops/activations.ts', 'tf.erf(tf.mul(x, Math.SQRT1_2))', 'tf.erf(x)'],
  ],
  optimizers: [
    [
      'adam: epsilon before the correction',
      adam,
      'const epsilonAt = (epsilon: number, beta2: number, step: number): number => epsilon * Math.sqrt(1 - beta2 ** step);',
      'const epsilonAt = (epsilon: number, _b: number, _s: number): number => epsilon;',
    ],
    [
      'adam: no steps for idle rows',
      'packages/tensor/src/optimizers/update-rule.ts',
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
  ],
  adasparse: [
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
      'add(share, counted - target - toHost(share)[0]!)',
      'add(mul(share, -1), counted - target + toHost(share)[0]!)',
    ],
  ],
  star: [
    ['kernel of the domain alone', topology, 'own: kernels.value, at,', 'own: kernels.value, at: at.map(() => -1),'],
    [
      'gradient of the shared kernel',
      groupAffine,
      'dShared[i] += value * factor[i];',
      'dShared[i] += value * common[i];',
    ],
    ['gradient of the own kernels', groupAffine, 'change[i] = value * common[i];', 'change[i] = value * factor[i];'],
    [
      'kernel of the next domain',
      topology,
      'Array.from(batch.domainIds, (id) => id - 1)',
      'Array.from(batch.domainIds, (id) => (id === 0 ? -1 : id % domains))',
    ],
    [
      'no bias of the domain',
      topology,
      'return add(gatherRows(rows, indexVector(ids)), shared);',
      'return add(mul(gatherRows(rows, indexVector(ids)), 0), shared);',
    ],
    ['norm: scales added', norm, 'const scale = mul(ofGroups(', 'const scale = add(ofGroups('],
    ['norm: unseen domain scaled by 0', norm, 'fill([1, units], 1)', 'fill([1, units], 0)'],
    [
      'norm: evaluation by training statistics',
      norm,
      'if (!batch.training) return normalizeGroupsWith(',
      'if (batch.training && !batch.training) return normalizeGroupsWith(',
    ],
    ['norm: averages of single rows move', norm, 'counts: size > 1', 'counts: size > 0'],
    ['norm: momentum turned round', norm, 'Math.max(momentum, 1 /', 'Math.max(1 - momentum, 1 /'],
    [
      'norm: epsilon',
      norm,
      'scale, offset, known, epsilon);\n    follow',
      'scale, offset, known, epsilon * 2);\n    follow',
    ],
    [
      'norm: epsilon in evaluation',
      norm,
      'return normalizeGroupsWith(z, groups, scale, offset, known, epsilon)',
      'return normalizeGroupsWith(z, groups, scale, offset, known, epsilon * 2)',
    ],
    ['norm: unseen domain', norm, 'matMul(weights, value)', 'mul(matMul(weights, value), 0)'],
    [
      'auxiliary logit subtracted',
      auxiliary,
      'import { activate, add, concat }',
      'import { activate, sub as add, concat }',
    ],
    [
      'auxiliary: fields before domain',
      auxiliary,
      'concat([batch.spread(batch.domains), embedded.flat()], 1)',
      'concat([embedded.flat(), batch.spread(batch.domains)], 1)',
    ],
  ],
  apg: [
    ['S left out', generated, 'const mixed = multiply(low, own.core, rank, rank, batch);', 'const mixed = low;'],
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
  ],
  maml: [
    [
      'inner ascent',
      inner,
      'return [parameter, sub(parameter.value, mul(',
      'return [parameter, add(parameter.value, mul(',
    ],
    ['steps do not add up', inner, 'before ? add(before, direction) : direction', 'direction'],
    ['adam: epsilon', inner, 'epsilon: 1e-8', 'epsilon: 1e-3'],
    ['adam: no correction', inner, 'div(moments.second, 1 - beta2 ** this.steps)', 'div(moments.second, 1)'],
    ['second order is first', meta, "if (order === 'second') return () => queryLoss(adapt());", ''],
    [
      'first order is second',
      'plugins/maml/src/maml.ts',
      'inFormFor(order, () => metaGradients(batch, context, this.rule, this.options))',
      "inFormFor('second', () => metaGradients(batch, context, this.rule, { ...this.options, order: 'second' }))",
    ],
    ['learned from the query', meta, 'context.loss(support, rows,', 'context.loss(query, rows,'],
    ['judged by the support', meta, 'context.loss(query, rows, {', 'context.loss(support ?? query, rows, {'],
    ['weight left out', meta, '{ values: loop.values }), weight) as Scalar', '{ values: loop.values }), 1) as Scalar'],
    ['one step fewer', meta, 'i < innerSteps', 'i < innerSteps - 1'],
    ['weights by domains', tasks, 'rows / queryRows', '1 / domains'],
    [
      'support from the end',
      tasks,
      'Math.max(1, Math.round(support * rows))',
      'Math.max(1, Math.round((1 - support) * rows))',
    ],
  ],
  'per-domain': [
    [
      'network of the next domain',
      perDomain,
      'networks[part.domainIds[0]! - 1]',
      'networks[part.domainIds[0]! % networks.length]',
    ],
    ['unseen: sum', perDomain, '1 / networks.length', '1'],
  ],
  pooling: [
    ['mean without its length', batchBags, '1 / Math.max(1, length) : 1', '1 : 1'],
    ['mean of a list one longer', batchBags, '1 / Math.max(1, length) : 1', '1 / (length + 1) : 1'],
    ['attention: not scaled', pooling, '1 / Math.sqrt(this.dim)', '1'],
    [
      'attention: over the whole batch',
      'packages/tensor/src/ops/rows.ts',
      'gatherRows(segmentSum(powers, segment, segments), segment)',
      'tf.sum(powers)',
    ],
    ['number left out', pooling, 'return mul(sums, tensor(weights, [weights.length, 1]));', 'return sums;'],
    [
      'weights of a view: those of other bags',
      bags,
      'weights: Float32Array.from(used, (s) => weights[s]!)',
      'weights: Float32Array.from(used, (_, i) => weights[i]!)',
    ],
  ],
};

export const mutants = Object.entries(list).flatMap(([group, entries]) =>
  entries.map(([name, file, text, replacement]) => ({ group, name, file, text, replacement })),
);
