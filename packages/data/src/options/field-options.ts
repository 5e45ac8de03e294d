import { named, taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** What the values of a field become: ids, or a number. */
const Encoding = taggedUnion(
  'kind',
  [
    Type.Object({ kind: Type.Literal('vocabulary') }),
    Type.Object({
      kind: Type.Literal('hash'),
      buckets: Type.Integer({
        minimum: 1,
        maximum: 100_000_000,
        default: 100_000,
        description: 'Number of ids that values share, beside that of no value.',
      }),
      seed: Type.Integer({ minimum: 0, default: 1, description: 'Seed of the hash: which values share an id.' }),
    }),
    Type.Object({
      kind: Type.Literal('quantiles'),
      buckets: Type.Integer({
        minimum: 2,
        maximum: 10_000,
        default: 20,
        description: 'Parts that the training rows’ numbers are cut into, of as equal size as ties allow.',
      }),
    }),
    Type.Object({
      kind: Type.Literal('edges'),
      edges: Type.Array(Type.Number(), {
        minItems: 1,
        description: 'Where to cut, ascending; each is the largest number of its part.',
      }),
    }),
    Type.Object({
      kind: Type.Literal('numeric'),
      log: Type.Boolean({ default: false, description: 'Takes sign(x) log(1 + |x|) of the number x first.' }),
      standardise: Type.Boolean({
        default: true,
        description: 'Subtracts the training rows’ mean and divides by their standard deviation.',
      }),
    }),
  ],
  {
    default: { kind: 'vocabulary' },
    description:
      'What values become. vocabulary: an id for each value of the training rows. hash: the id is a hash of the value, unseen values included. quantiles, edges: the id of the part that a number lies in. numeric: a number that the field’s one embedding is multiplied by.',
  },
);

/** A cell as a list of values, and how their embeddings become one. */
const List = Type.Object(
  {
    separator: Type.String({
      minLength: 1,
      default: '|',
      description: 'Text between two values; lists of Parquet and JSON Lines files are joined by |.',
    }),
    pooling: Type.Enum(['mean', 'sum', 'attention'], {
      default: 'mean',
      description: 'How the values’ embeddings become one; attention: their mean with learned weights.',
    }),
    maxLength: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Longer lists are cut to this length; without it none is cut.' }),
    ),
    keep: Type.Enum(['first', 'last'], {
      default: 'last',
      description: 'Which end of a list that is cut is kept; last: of a history the latest.',
    }),
  },
  { description: 'The field holds lists of values, e.g. tags or a history; for vocabulary and hash.' },
);

/** One input field: its name, or an object with its options. */
export const FieldOption = named(
  Type.Object({
    name: Type.String({ minLength: 1, description: 'Name of the field; * for all columns that are not named.' }),
    expression: Type.Optional(
      Type.String({
        description: 'SQL (DuckDB) over the raw columns, which are all text, e.g. CAST(hourmin AS INTEGER) // 100.',
      }),
    ),
    encoding: Type.Optional(Encoding),
    list: Type.Optional(List),
    minFrequency: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Rarer values share the out-of-vocabulary id; overrules the data set’s. For vocabularies alone.',
      }),
    ),
  }),
);

export type FieldOption = Static<typeof FieldOption>;
export type EncodingOption = Static<typeof Encoding>;
export type ListOption = Static<typeof List>;
