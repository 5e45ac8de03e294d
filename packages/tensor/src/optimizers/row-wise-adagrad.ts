import { Type, type Static } from 'typebox';
import { adagrad } from './adagrad.js';
import { learningRate } from './learning-rate.js';
import type { OptimizerKind } from './optimizer-kind.js';
import { RowWiseUpdates } from './row-wise-updates.js';
import type { UpdateRule } from './update-rule.js';

const rowWiseAdagradOptions = Type.Object({
  kind: Type.Literal('rowWiseAdagrad'),
  learningRate: learningRate(1e-2),
  initialAccumulator: Type.Number({ minimum: 0, default: 0, description: 'Accumulator before the first step.' }),
  epsilon: Type.Number({
    exclusiveMinimum: 0,
    default: 1e-8,
    description: 'Added to the root of the accumulator.',
  }),
});

/** @internal */
export type RowWiseAdagradOptions = Omit<Static<typeof rowWiseAdagradOptions>, 'kind'>;

/** @internal */
export const ROW_WISE_ADAGRAD: OptimizerKind<typeof rowWiseAdagradOptions> = {
  kind: 'rowWiseAdagrad',
  options: rowWiseAdagradOptions,
  rule: rowWiseAdagrad,
};

/**
 * Adagrad with one accumulator for each row of an embedding table, which takes the mean of the row's squared gradients: one number of
 * state a row. Dense parameters have Adagrad's, one a weight.
 * Source: Naumov et al., arXiv 1906.00091 (DLRM), in the form of FBGEMM, which TorchRec uses.
 * @internal
 */
export function rowWiseAdagrad(options: RowWiseAdagradOptions): UpdateRule {
  const rule: UpdateRule = {
    ...adagrad(options),
    name: 'rowWiseAdagrad',
    composeRows: (weights, rates) => new RowWiseUpdates(weights, rule, rates, options.epsilon),
  };
  return rule;
}
