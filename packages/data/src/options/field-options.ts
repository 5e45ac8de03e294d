import { named, oneOrMore, taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';
import { ENCODINGS } from './encoding-options.js';

/** One thing that the values of a field become. */
const Encoding = taggedUnion('kind', ENCODINGS, {
  default: { kind: 'vocabulary' },
  description:
    'What values become. vocabulary: an id for each value of the training rows. hash: the id is a hash of the value, unseen values included. quantiles, edges: the id of the part that a number lies in. numeric: a number that the field’s one embedding is multiplied by. piecewise: as many embeddings as parts, each times how much of its part a number covers. targetMean: the label’s smoothed mean among rows of the value, and how many they are.',
});

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
    encoding: Type.Optional(
      oneOrMore(Encoding, {
        description:
          'One encoding, or a list: then the field is there once with each, e.g. with an id and with a target mean.',
      }),
    ),
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
