import { taggedUnion } from '@mdctr/core';
import { Type, type Static, type TSchema } from 'typebox';

/** What one option may be in a search: choices of any JSON, or a range of numbers. */
export const Dimension = Type.Object(
  {
    values: Type.Optional(
      Type.Array(Type.Unknown(), { minItems: 1, description: 'Choices, of any kind; instead of a range.' }),
    ),
    low: Type.Optional(Type.Number({ description: 'Least number of a range, itself one of it.' })),
    high: Type.Optional(Type.Number({ description: 'Largest number of a range, itself one of it.' })),
    log: Type.Optional(Type.Boolean({ description: 'Whether equal ratios count alike, and not equal differences.' })),
    integer: Type.Optional(Type.Boolean({ description: 'Whether the range has whole numbers alone.' })),
    step: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'Distance of two neighbours, from the least number on.' }),
    ),
    points: Type.Optional(
      Type.Integer({
        minimum: 2,
        description: 'How many numbers of the range a grid has, both ends among them; for `grid` alone.',
      }),
    ),
  },
  { additionalProperties: false, description: 'What an option may be.' },
);
export type Dimension = Static<typeof Dimension>;

const spaceOf = (description: string) => Type.Record(Type.String(), Dimension, { description });

/** `methods[].search` of a study: further dimensions of one method. */
export const MethodSpace = spaceOf('Further dimensions of this method alone, by path: plugins[0].OPTION.');

/** Dimensions by the path of the option that they change, e.g. `training.optimizer.learningRate`. */
export type Space = Readonly<Record<string, Dimension>>;

const common = {
  trials: Type.Integer({
    minimum: 1,
    default: 16,
    description: 'Tuning trials of each method on each backbone: the same number for all.',
  }),
  space: spaceOf(
    'What all methods are tuned over, by path below training, embedding or backbone; values, or low and high.',
  ),
};

const seed = Type.Integer({
  minimum: 0,
  default: 1,
  description: 'Seed of the draws. Methods draw the same values of what they share.',
});

/**
 * The section `search` of a study.
 * @param metrics names of the validation metrics that trials may be judged by
 */
export function searchSchema<M extends string>(metrics: readonly M[]) {
  const judged = {
    ...common,
    metric: Type.Optional(
      Type.Enum([...metrics], {
        description: 'Validation metric that the best trial is chosen by; without it that of training.selectBy.',
      }),
    ),
  };
  return taggedUnion(
    'kind',
    [
      Type.Object({ kind: Type.Literal('grid'), ...judged }),
      Type.Object({ kind: Type.Literal('random'), ...judged, seed }),
      Type.Object({
        kind: Type.Literal('halving'),
        ...judged,
        seed,
        factor: Type.Integer({
          minimum: 2,
          default: 3,
          description: 'One trial in so many goes on to the next rung, which has so many times the epochs.',
        }),
        minEpochs: Type.Integer({
          minimum: 1,
          default: 1,
          description: 'Least epochs of the first rung; the last has training.epochs.',
        }),
      }),
    ],
    { description: 'Hyperparameter search before the comparison, with validation rows alone.' },
  ) satisfies TSchema;
}

/** The section with every default filled in. */
export type SearchOptions = Static<ReturnType<typeof searchSchema<string>>>;
