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
            'L2 that spares frequent ids, in rows: l2ByFrequency / (B n) * w is added to the gradient of the rows that a step of B rows has, for n training rows with the id (Zhou et al., 2018, eq. 6).',
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

/** What L2 by frequency goes by. */
export interface Frequencies {
  /** [rows of the table] how often the training rows have each id. */
  readonly occurrences: Float64Array;
  /** Rows of a step, B. */
  readonly rowsAStep: number;
}

/** Whether L2 needs to know how often the training rows have each id. */
export const needsFrequencies = ({ embedding }: RegularizationOptions): boolean => embedding.l2ByFrequency > 0;

/**
 * Undefined where there is none. L2 by frequency acts on ids that the training rows have, and only where `frequencies` are given.
 */
export function l2Terms(options: RegularizationOptions, frequencies?: Frequencies): L2Terms | undefined {
  const { dense, embedding } = options;
  if (dense.l2 === 0 && embedding.l2 === 0 && !frequencies) return undefined;
  const counts = regularized(options);
  const strengths = frequencies && strengthsOf(options, frequencies);
  return {
    of: (parameter, gradient) =>
      dense.l2 > 0 && counts(parameter) ? add(gradient, mul(parameter.value, dense.l2)) : gradient,
    ofRows: (gradient, ids, rows) => {
      if (!strengths) return embedding.l2 > 0 ? add(gradient, mul(rows(), embedding.l2)) : gradient;
      const ofIds = new Float32Array(ids.length);
      for (let i = 0; i < ids.length; i++) ofIds[i] = strengths[ids[i]!]!;
      return add(gradient, mul(rows(), tensor(ofIds, [ids.length, 1])));
    },
  };
}

/** [rows of the table] the l2 of each id. Of one that no training row has it is as of one that a single row has. */
function strengthsOf({ embedding }: RegularizationOptions, { occurrences, rowsAStep }: Frequencies): Float32Array {
  const byFrequency = embedding.l2ByFrequency / rowsAStep;
  return Float32Array.from(occurrences, (n) => embedding.l2 + byFrequency / Math.max(1, n));
}
