const inner = 'plugins/maml/src/inner-loop.ts';
const meta = 'plugins/maml/src/meta-gradients.ts';
const tasks = 'plugins/maml/src/tasks.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const maml = [
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
];
