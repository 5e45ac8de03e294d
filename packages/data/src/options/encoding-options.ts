import { Type } from 'typebox';

const Hash = Type.Object({
  kind: Type.Literal('hash'),
  buckets: Type.Integer({
    minimum: 1,
    maximum: 100_000_000,
    default: 100_000,
    description: 'Number of ids that values share, beside that of no value.',
  }),
  seed: Type.Integer({ minimum: 0, default: 1, description: 'Seed of the hash: which values share an id.' }),
});

const Quantiles = Type.Object({
  kind: Type.Literal('quantiles'),
  buckets: Type.Integer({
    minimum: 2,
    maximum: 10_000,
    default: 20,
    description: 'Parts that the training rows’ numbers are cut into, of as equal size as ties allow.',
  }),
});

const Edges = Type.Object({
  kind: Type.Literal('edges'),
  edges: Type.Array(Type.Number(), {
    minItems: 1,
    description: 'Where to cut, ascending; each is the largest number of its part.',
  }),
});

const Numeric = Type.Object({
  kind: Type.Literal('numeric'),
  log: Type.Boolean({ default: false, description: 'Takes sign(x) log(1 + |x|) of the number x first.' }),
  standardise: Type.Boolean({
    default: true,
    description: 'Subtracts the training rows’ mean and divides by their standard deviation.',
  }),
  clip: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      exclusiveMaximum: 0.5,
      description:
        'Share of the training rows at either end whose numbers are clipped to the nearest one that is left, as are all numbers beyond; without it none are.',
    }),
  ),
});

/** Gorishniy, Rubachev and Babenko, On embeddings for numerical features in tabular deep learning, NeurIPS 2022, eq. 1. */
const Piecewise = Type.Object({
  kind: Type.Literal('piecewise'),
  buckets: Type.Integer({
    minimum: 2,
    maximum: 1000,
    default: 16,
    description: 'Parts that the training rows’ numbers are cut into, of as equal size as ties allow.',
  }),
});

/** Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes, SIGKDD Explorations 3 (1), 2001. */
const TargetMean = Type.Object({
  kind: Type.Literal('targetMean'),
  by: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description:
      'Further fields: the mean is that of the rows that share the values of all, e.g. of a user in a position.',
  }),
  smoothing: Type.Number({
    minimum: 0,
    default: 10,
    description:
      'Pulls the mean towards that of all rows (with `by`: towards the mean of its parts) as if there were so many more rows of it.',
  }),
  folds: Type.Integer({
    minimum: 2,
    maximum: 100,
    default: 5,
    description:
      'Parts of the training rows, by a hash of their place: a row’s mean is that of the other parts. Not with `time`.',
  }),
  time: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Column of numbers or timestamps: a training row’s mean is that of the training rows before it, as it would have been then.',
    }),
  ),
});

/** What the values of a field can become: ids, numbers, or means of the label. */
export const ENCODINGS = [
  Type.Object({ kind: Type.Literal('vocabulary') }),
  Hash,
  Quantiles,
  Edges,
  Numeric,
  Piecewise,
  TargetMean,
];
