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
