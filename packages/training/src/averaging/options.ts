import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** `training.averaging`: which weights are evaluated, kept and saved. */
export const AveragingOptions = taggedUnion(
  'kind',
  [
    Type.Object({ kind: Type.Literal('none') }),
    Type.Object({
      kind: Type.Literal('ema'),
      decay: Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.999,
        description: 'Share of the average that a step leaves; after n steps no more than (1 + n) / (10 + n).',
      }),
    }),
    Type.Object({
      kind: Type.Literal('swa'),
      from: Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.5,
        description:
          'Share of the planned steps after which the mean of the weights is taken; before, they are as they are.',
      }),
    }),
  ],
  {
    description:
      'Average of the weights over the steps, which is what is evaluated, kept and saved; training goes on from the weights themselves.',
    default: { kind: 'none' },
  },
);

export type AveragingOptions = Static<typeof AveragingOptions>;
