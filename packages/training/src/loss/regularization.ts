import { pathMatcher } from '@mdctr/core';
import { add, mul, type DecayOptions, type Parameter, type Tensor } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const weightDecay = (of: string) =>
  Type.Number({
    minimum: 0,
    default: 0,
    description: `Decoupled weight decay (AdamW) of ${of}: each step takes the share rate * weightDecay off them.`,
  });

/** `training.regularization`: weight decay and L2, of the dense parameters and of the embedding table apart. */
export const RegularizationOptions = Type.Object(
  {
    dense: Type.Object(
      {
        weightDecay: weightDecay('dense parameters'),
        l2: Type.Number({
          minimum: 0,
          default: 0,
          description: 'L2 of dense parameters: l2 * w is added to their gradient (FuxiCTR’s net_regularizer).',
        }),
        exempt: Type.Array(Type.String({ minLength: 1 }), {
          default: ['**/bias', '**/norm/*', 'maml/rate/**'],
          description:
            'Paths of the dense parameters that are spared both: * stands for any name, ** for any number of them.',
        }),
      },
      { default: {}, description: 'Dense parameters.' },
    ),
    embedding: Type.Object(
      {
        weightDecay: weightDecay('all embedding rows, whether a batch has them or not'),
        l2: Type.Number({
          minimum: 0,
          default: 0,
          description: 'L2 of the embedding rows that a batch has: l2 * w is added to their gradient.',
        }),
      },
      { default: {}, description: 'The embedding table.' },
    ),
  },
  { default: {}, description: 'What keeps weights small.' },
);

export type RegularizationOptions = Static<typeof RegularizationOptions>;

/** Tells which dense parameters are not exempt. */
export function regularized({ dense }: RegularizationOptions): (parameter: Parameter) => boolean {
  const exempt = dense.exempt.map(pathMatcher);
  return ({ path }) => !exempt.some((matches) => matches(path));
}

/** The decoupled part, as an optimizer takes it. */
export function decayOf(options: RegularizationOptions): DecayOptions {
  const { dense, embedding } = options;
  const counts = regularized(options);
  return {
    ...(dense.weightDecay > 0 && { of: (parameter) => (counts(parameter) ? dense.weightDecay : 0) }),
    rows: embedding.weightDecay,
  };
}

/** Adds l2 * w to gradients: the derivative of l2 / 2 * w^2. */
export interface L2Terms {
  of(parameter: Parameter, gradient: Tensor): Tensor;
  /** `rows` gives the values of the rows that the gradient is of. */
  ofRows(gradient: Tensor, rows: () => Tensor): Tensor;
}

/** Undefined where there is none. */
export function l2Terms(options: RegularizationOptions): L2Terms | undefined {
  const { dense, embedding } = options;
  if (dense.l2 === 0 && embedding.l2 === 0) return undefined;
  const counts = regularized(options);
  return {
    of: (parameter, gradient) =>
      dense.l2 > 0 && counts(parameter) ? add(gradient, mul(parameter.value, dense.l2)) : gradient,
    ofRows: (gradient, rows) => (embedding.l2 > 0 ? add(gradient, mul(rows(), embedding.l2)) : gradient),
  };
}
