import type { Gradients, HostBatch, LossContext } from '@mdctr/core';
import { mul, tidy, valueAndGradients, withPortableOps, type Scalar, type Tensor } from '@mdctr/tensor';
import { GradientSum } from './gradient-sum.js';
import { InnerLoop, type InnerRule } from './inner-loop.js';
import type { MamlOptions } from './options.js';
import { tasksOf, type Task } from './tasks.js';

/**
 * The outer loss sum_d w_d L_query(theta'_d) and its gradients by embedding rows, parameters and learned rates
 * (docs/methods/maml.md, eq. 3 to 5). The embedding rows of the batch are looked up once for all tasks.
 */
export function metaGradients(
  batch: HostBatch,
  context: LossContext,
  rule: InnerRule,
  options: MamlOptions,
): Gradients {
  const { parameters } = context;
  const sum = new GradientSum(parameters);
  const rows = context.lookup(batch); // [U, k]
  const inputs = [rows, ...parameters.map((parameter) => parameter.value)];
  for (const task of tasksOf(batch, options)) {
    tidy(() => {
      const objective = objectiveOf(task, rows, context, rule, options);
      const { value, gradients } = valueAndGradients(objective, inputs);
      sum.add(value, gradients);
    });
  }
  rows.dispose();
  return sum.take(batch.uniqueIds);
}

/** w_d L_query(theta'_d) as a function to differentiate; with first order the inner loop runs before, off the tape. */
function objectiveOf(
  { support, query, weight }: Task,
  rows: Tensor,
  context: LossContext,
  rule: InnerRule,
  { order, innerSteps }: MamlOptions,
): () => Scalar {
  const adapt = (): InnerLoop => {
    const loop = new InnerLoop(rule);
    if (!support) return loop;
    for (let i = 0; i < innerSteps; i++) {
      // Moving averages take in the query passes alone.
      loop.step((values) => context.loss(support, rows, { values, holdStates: true }));
    }
    return loop;
  };
  const queryLoss = (loop: InnerLoop): Scalar =>
    mul(context.loss(query, rows, { values: loop.values }), weight) as Scalar;
  if (order === 'second') return () => queryLoss(adapt());
  const loop = adapt();
  return () => queryLoss(loop);
}

/** Second derivatives need ops that can be differentiated twice. */
export function inFormFor<T>(order: MamlOptions['order'], body: () => T): T {
  return order === 'second' ? withPortableOps(body) : body();
}
