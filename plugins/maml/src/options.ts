import type { OptionProblem } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** Options of MAML; where the papers leave a choice open the default is this project's, see docs/methods/maml.md. */
export const MamlOptions = Type.Object({
  order: Type.Enum(['first', 'second'], {
    default: 'first',
    description: 'Derivatives of the outer gradient: first drops those of the inner gradients, second takes them all.',
  }),
  innerSteps: Type.Integer({
    minimum: 0,
    default: 1,
    description: 'Inner steps on the support rows; 0 gives the plain training step.',
  }),
  innerRate: Type.Number({
    minimum: 0,
    default: 0.1,
    description: 'Learning rate of the inner steps; with learned rates, their first value. Take about 0.001 for adam.',
  }),
  rate: Type.Enum(['fixed', 'learned'], {
    default: 'fixed',
    description: 'One inner rate for all, or one learned for every element of every adapted parameter (Meta-SGD).',
  }),
  innerOptimizer: Type.Enum(['sgd', 'adam'], {
    default: 'sgd',
    description:
      'Optimizer of the inner steps; the moments of adam begin at 0 for each domain. adam: first order only.',
  }),
  support: Type.Number({
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.5,
    description:
      "Share of a domain's rows in a batch that the inner steps learn from; 0 gives the plain training step.",
  }),
  weighting: Type.Enum(['rows', 'mean', 'sum'], {
    default: 'rows',
    description: 'Outer loss: query losses averaged by their rows, averaged over domains, or added up.',
  }),
  adapt: Type.Array(Type.String({ minLength: 1 }), {
    minItems: 1,
    default: ['**'],
    description:
      'Paths of the parameters that adapt: * stands for any name, ** for any number of them. The embedding table never adapts.',
  }),
  evaluation: Type.Object(
    {
      steps: Type.Integer({
        minimum: 0,
        default: 5,
        description: 'Steps of the per-domain adaptation before the second evaluation; 0 for none.',
      }),
      batchSize: Type.Integer({ minimum: 1, default: 1024, description: 'Training rows of such a step, at most.' }),
      selectBy: Type.Enum(['meta', 'adapted'], {
        default: 'meta',
        description: 'Which validation metrics choose the best epoch.',
      }),
      predict: Type.Enum(['meta', 'adapted'], {
        default: 'meta',
        description: 'What a saved model predicts with; adapted saves the parameters of every domain.',
      }),
    },
    { default: {}, additionalProperties: false, description: 'Evaluation after adaptation to each domain.' },
  ),
});

export type MamlOptions = Static<typeof MamlOptions>;

/** Options that do not go together. */
export function checkTogether({ order, innerOptimizer, evaluation }: MamlOptions): OptionProblem | undefined {
  if (order === 'second' && innerOptimizer === 'adam') {
    return {
      path: ['innerOptimizer'],
      what: 'second order does not go with adam, whose first step is the sign of the gradient and has no useful derivative.',
      expected: 'sgd, or order "first"',
    };
  }
  const { steps, selectBy, predict } = evaluation;
  if (steps > 0 || (selectBy === 'meta' && predict === 'meta')) return undefined;
  return {
    path: ['evaluation', 'steps'],
    what: '"adapted" needs steps of adaptation.',
    expected: '1 or more, or selectBy and predict "meta"',
  };
}
