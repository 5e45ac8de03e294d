import { Type, type Static } from 'typebox';

/** The section `budget` of a study. */
export const BudgetOptions = Type.Object(
  {
    same: Type.Enum(['parameters', 'flops'], {
      description:
        'What all methods are given the same of, by the widths of their backbones: dense parameters (embeddings not counted), or operations for a row.',
    }),
    as: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Label of the method that the others are made to match, on the same backbone; without it the baseline.',
      }),
    ),
    tolerance: Type.Number({
      minimum: 0,
      default: 0.02,
      description: 'Largest relative difference that counts as the same; of a larger one the results say so.',
    }),
  },
  {
    additionalProperties: false,
    description: 'Networks of the same size: narrower or wider backbones for methods that cost more or less.',
  },
);
export type BudgetOptions = Static<typeof BudgetOptions>;
