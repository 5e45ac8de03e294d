import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** The option `training.baseMargin`. */
export const BaseMarginOptions = taggedUnion(
  'kind',
  [Type.Object({ kind: Type.Literal('none') }), Type.Object({ kind: Type.Literal('targetMeans') })],
  {
    default: { kind: 'none' },
    description:
      'A logit that each row has before the network adds its own. targetMeans: a logistic regression on the target means of the fields ' +
      'that are encoded so, fitted to the training rows before the first step; the network begins at zero, and that is evaluated too.',
  },
);

export type BaseMarginOptions = Static<typeof BaseMarginOptions>;
