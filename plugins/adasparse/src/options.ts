import type { OptionProblem } from '@mdctr/core';
import { Type, type Static } from 'typebox';

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
    description:
      'What the pruner sees: the domain embedding, or that and the layer output (factors then differ by row).',
  }),
  layers: Type.Enum(['all', 'deep', 'cross'], { default: 'all', description: 'Which hidden layers are weighted.' }),
  prunerUnits: Type.Array(Type.Integer({ minimum: 1 }), {
    default: [],
    description: 'Hidden widths of the pruner; none makes it one affine map.',
  }),
  initStd: Type.Number({
    minimum: 0,
    default: 0,
    description:
      'Standard deviation of the first values of the pruner’s last map. At 0 training starts at the plain backbone exactly.',
  }),
  alphaStart: Type.Number({ exclusiveMinimum: 0, default: 0.1, description: 'Steepness of the sigmoid at the start.' }),
  alphaEnd: Type.Number({
    exclusiveMinimum: 0,
    default: 5,
    description: 'Steepness of the sigmoid at the end of training.',
  }),
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
  regularizer: Type.Object(
    {
      enabled: Type.Boolean({
        default: true,
        description: 'Keep the share of cut neurons in a range. Unused by scaling.',
      }),
      min: Type.Number({ minimum: 0, maximum: 1, default: 0.15, description: 'Lower end of the range, r_min.' }),
      max: Type.Number({ minimum: 0, maximum: 1, default: 0.25, description: 'Upper end of the range, r_max.' }),
      start: Type.Number({ minimum: 0, default: 0.01, description: 'Strength at the start of training, lambda.' }),
      end: Type.Number({ minimum: 0, default: 1, description: 'Strength at the end of training.' }),
      detach: Type.Boolean({
        default: true,
        description: 'Take the distance inside the strength as a constant; otherwise the penalty is quadratic.',
      }),
    },
    { default: {}, additionalProperties: false, description: 'Sparsity regulariser R_s.' },
  ),
});

export type AdaSparseOptions = Static<typeof AdaSparseOptions>;

/** The regulariser's range must not be upside down. */
export function checkRange({ regularizer: { min, max } }: AdaSparseOptions): OptionProblem | undefined {
  if (min <= max) return undefined;
  return { path: ['regularizer', 'min'], what: 'the range of cut neurons is empty.', expected: `at most max (${max})` };
}
