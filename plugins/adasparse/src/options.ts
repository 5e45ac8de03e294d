import { taggedUnion, type OptionProblem } from '@mdctr/core';
import { Type, type Static } from 'typebox';

const PrunerDomain = taggedUnion(
  'kind',
  [
    Type.Object({
      kind: Type.Literal('table'),
      dim: Type.Integer({ minimum: 1, default: 8, description: 'Numbers a domain.' }),
      initStd: Type.Number({
        exclusiveMinimum: 0,
        default: 1,
        description: 'Standard deviation of the first values; a domain never seen in training has zeros.',
      }),
    }),
    Type.Object({
      kind: Type.Literal('shared'),
      scale: Type.Number({
        exclusiveMinimum: 0,
        default: 1,
        description: 'What the embedding is multiplied by: it begins small.',
      }),
    }),
    Type.Object({ kind: Type.Literal('normalized') }),
  ],
  {
    description:
      'What tells the pruner the domain: a table of its own, the shared embedding of the domain’s fields, or that divided by its root mean square.',
    default: { kind: 'shared' },
  },
);

const Pruner = Type.Object(
  {
    domain: PrunerDomain,
    units: Type.Array(Type.Integer({ minimum: 1 }), {
      default: [],
      description: 'Hidden widths of the pruner; none makes it one affine map.',
    }),
    initStd: Type.Number({
      minimum: 0,
      default: 0.2,
      description:
        'Standard deviation of the first values of the last map’s kernel; biases begin at 0. At 0 training starts at the plain backbone exactly.',
    }),
  },
  { default: {}, additionalProperties: false, description: 'The light network that gives a layer’s factors.' },
);

const Annealing = Type.Object(
  {
    from: Type.Number({ exclusiveMinimum: 0, default: 0.1, description: 'Steepness before the first step.' }),
    to: Type.Number({ exclusiveMinimum: 0, default: 5, description: 'Steepness after `steps` steps.' }),
    steps: Type.Integer({
      minimum: 0,
      default: 100,
      description: 'Steps of the way. Weights of an evaluation before its end are not kept. 0: steep from the start.',
    }),
  },
  {
    default: {},
    additionalProperties: false,
    description: 'Steepness alpha of the sigmoid, in a straight line over training steps. Unused by scaling.',
  },
);

const Regularizer = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'Keep the share of cut neurons in a range. Unused by scaling.',
    }),
    per: Type.Enum(['batch', 'domain'], {
      default: 'domain',
      description: 'Whose share it is: that of all rows of a batch, or that of each domain in it.',
    }),
    min: Type.Number({ minimum: 0, maximum: 1, default: 0.15, description: 'Lower end of the range, r_min.' }),
    max: Type.Number({ minimum: 0, maximum: 1, default: 0.25, description: 'Upper end of the range, r_max.' }),
    start: Type.Number({ minimum: 0, default: 0.01, description: 'Strength before the first step, lambda.' }),
    end: Type.Number({ minimum: 0, default: 1, description: 'Strength when alpha is at its end.' }),
    detach: Type.Boolean({
      default: true,
      description: 'Take the distance inside the strength as a constant; otherwise the penalty is quadratic.',
    }),
  },
  { default: {}, additionalProperties: false, description: 'Sparsity regulariser R_s.' },
);

/**
 * Options of AdaSparse; where the paper leaves a choice open the default is this project's, see
 * docs/methods/adasparse.md.
 */
export const AdaSparseOptions = Type.Object({
  form: Type.Enum(['binarization', 'scaling', 'fusion'], {
    default: 'fusion',
    description: 'Weighting factors: 0 or 1 (binarization), graded (scaling), or graded and cut to 0 (fusion).',
  }),
  input: Type.Enum(['domain', 'domain+hidden'], {
    default: 'domain',
    description: 'What the pruner sees: the domain, or that and the layer output (factors then differ by row).',
  }),
  layers: Type.Enum(['all', 'deep', 'cross'], { default: 'all', description: 'Which hidden layers are weighted.' }),
  residual: Type.Enum(['branch', 'sum'], {
    default: 'branch',
    description:
      'What is weighted of a residual layer (dcnv2’s cross layers): what it adds, or the sum, which later layers see too.',
  }),
  pruner: Pruner,
  annealing: Annealing,
  beta: Type.Number({ minimum: 1, default: 2, description: 'Upper bound of the factors of scaling and fusion.' }),
  epsilon: Type.Number({
    exclusiveMinimum: 0,
    exclusiveMaximum: 1,
    default: 0.25,
    description: 'Threshold: a neuron whose factor is not above it is cut. Unused by scaling.',
  }),
  gradientThroughCut: Type.Boolean({
    default: false,
    description: 'Fusion: let the gradient pass through cut neurons too, so that they can come back.',
  }),
  regularizer: Regularizer,
});

export type AdaSparseOptions = Static<typeof AdaSparseOptions>;

/** The regulariser's range must not be upside down. */
export function checkRange({ regularizer: { min, max } }: AdaSparseOptions): OptionProblem | undefined {
  if (min <= max) return undefined;
  return { path: ['regularizer', 'min'], what: 'the range of cut neurons is empty.', expected: `at most max (${max})` };
}
