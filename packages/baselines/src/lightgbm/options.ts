import { Type, type Static } from 'typebox';

/** Options of the baseline. */
export const LightgbmOptions = Type.Object({
  rounds: Type.Integer({ minimum: 1, default: 2000, description: 'Trees at most.' }),
  patience: Type.Integer({
    minimum: 1,
    default: 50,
    description: 'Trees without a better validation metric after which it stops; those up to the best one count.',
  }),
  learningRate: Type.Number({ exclusiveMinimum: 0, default: 0.03, description: 'Shrinkage of each tree.' }),
  leaves: Type.Integer({ minimum: 2, default: 31, description: 'Leaves of a tree at most.' }),
  leafRows: Type.Integer({ minimum: 1, default: 100, description: 'Training rows of a leaf at least.' }),
  l2: Type.Number({ minimum: 0, default: 1, description: 'L2 regularisation of the leaves’ values.' }),
  columnShare: Type.Number({
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.8,
    description: 'Share of the columns that each tree may use, drawn by the seed.',
  }),
});

export type LightgbmOptions = Static<typeof LightgbmOptions>;
