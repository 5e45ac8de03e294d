import { pathMatcher } from '@mdctr/core';
import { add, mul, tensor, type DecayOptions, type Parameter, type Tensor } from '@mdctr/tensor';
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
        l2ByFrequency: Type.Number({
          minimum: 0,
          default: 0,
          description:
            'L2 that spares frequent ids (Zhou et al., 2018, eq. 6): l2ByFrequency / n * w is added to the gradient of the rows that a batch has, for n occurrences of the id among the training rows.',
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
  /** `rows` gives the values [U, k] of the rows `ids` [U] of the table, which the gradient is of. */
  ofRows(gradient: Tensor, ids: Int32Array, rows: () => Tensor): Tensor;
}

/** Whether L2 needs to know how often the training rows have each id. */
export const needsOccurrences = ({ embedding }: RegularizationOptions): boolean => embedding.l2ByFrequency > 0;

/**
 * Undefined where there is none.
 * @param occurrences of each id among the training rows, [rows of the table]; of an id that none has, L2 is as of one that one has.
 */
export function l2Terms(options: RegularizationOptions, occurrences?: Float64Array): L2Terms | undefined {
  const { dense, embedding } = options;
  if (needsOccurrences(options) && !occurrences) throw new Error('L2 by frequency needs the occurrences of each id.');
  if (dense.l2 === 0 && embedding.l2 === 0 && !occurrences) return undefined;
  const counts = regularized(options);
  const strengthOf = (id: number): number => embedding.l2 + embedding.l2ByFrequency / Math.max(1, occurrences![id]!);
  return {
    of: (parameter, gradient) =>
      dense.l2 > 0 && counts(parameter) ? add(gradient, mul(parameter.value, dense.l2)) : gradient,
    ofRows: (gradient, ids, rows) => {
      if (occurrences) return add(gradient, mul(rows(), tensor(Float32Array.from(ids, strengthOf), [ids.length, 1])));
      return embedding.l2 > 0 ? add(gradient, mul(rows(), embedding.l2)) : gradient;
    },
  };
}
