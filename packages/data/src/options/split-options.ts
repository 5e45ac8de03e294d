import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';

const share = (what: string) =>
  Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.1, description: `Share of the rows that are ${what}.` });
const shareOfGroups = (what: string) =>
  Type.Number({
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.1,
    description: `Share of the groups that are ${what}, on average.`,
  });
const files = (what: string) =>
  Type.Array(Type.String(), {
    default: [],
    description: `Files or patterns of the ${what} rows; those of the source are for training.`,
  });

/** Which rows train, validate and test; the option `split`. */
export const Split = taggedUnion(
  'by',
  [
    Type.Object({
      by: Type.Literal('time'),
      column: Type.String({
        description: 'Column of numbers or timestamps to sort by; the latest rows are test, those before validation.',
      }),
      validation: share('validation'),
      test: share('test'),
      // Without defaults: a split of before there were folds keeps its place in the cache.
      folds: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 50,
          description:
            'Rolling splits, by default 1: the test rows of a fold come just before those of the next one, its validation rows before them, and all earlier rows train. A study runs its grid on every fold; a trial’s config takes the last one, which is the split without folds.',
        }),
      ),
      fold: Type.Optional(
        Type.Integer({
          minimum: 1,
          description: 'The one fold to take, from 1; by default all of them in a study, the last one in a trial.',
        }),
      ),
    }),
    Type.Object({
      by: Type.Literal('seed'),
      seed: Type.Integer({ minimum: 0, default: 1, description: 'Seed of the random split.' }),
      validation: share('validation'),
      test: share('test'),
    }),
    Type.Object({
      by: Type.Literal('group'),
      column: Type.String({
        description:
          'Column, e.g. of users; all rows of one value are in one split. Rows without a value are one group.',
      }),
      seed: Type.Integer({ minimum: 0, default: 1, description: 'Seed of the hash that assigns the groups.' }),
      validation: shareOfGroups('validation'),
      test: shareOfGroups('test'),
    }),
    Type.Object({
      by: Type.Literal('file'),
      validation: files('validation'),
      test: files('test'),
    }),
  ],
  { description: 'Which rows train, validate and test.', default: { by: 'seed' } },
);

export type SplitOptions = Static<typeof Split>;

/** Folds of a split; 1 where it has none. */
export const foldsOf = (split: SplitOptions): number => (split.by === 'time' ? (split.folds ?? 1) : 1);
