import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';
import { FieldOption } from './field-options.js';
import { FileSource } from './file-source-options.js';
import { SyntheticSource } from './synthetic/index.js';

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

const Source = taggedUnion('kind', [FileSource, SyntheticSource], { description: 'Where the rows come from.' });

const Split = taggedUnion(
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

const HoldOut = Type.Object(
  {
    domain: Type.Union(
      [
        Type.String(),
        Type.Object({
          rank: Type.Integer({ minimum: 1, description: 'Place of the domain by training rows: 1 is the largest.' }),
        }),
      ],
      { description: 'Label of the domain, or {"rank": k}, the k-th largest by training rows.' },
    ),
    trainRows: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('all')], {
      default: 0,
      description:
        'Training rows of the domain that are kept: the earliest of a split by time, drawn ones otherwise; "all" keeps every one.',
    }),
    seed: Type.Integer({
      minimum: 0,
      default: 1,
      description: 'Seed of the draw of the rows that are kept; a split by time draws nothing.',
    }),
  },
  {
    description:
      'Makes a domain a new one, for studies of transfer: training and validation do without it, and the test rows are its own alone.',
  },
);

/** The section `data` of a config. */
export const DataOptions = Type.Object(
  {
    source: Source,
    label: Type.String({ default: 'click', description: 'Column of the outcome, 0 or 1.' }),
    domain: Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
      default: 'position',
      description: 'Field, or fields, whose values make up the domain; they must be among the fields.',
    }),
    rareDomains: Type.Optional(
      Type.Object(
        {
          minRows: Type.Integer({
            minimum: 1,
            default: 100,
            description: 'Domains of fewer training rows are merged into one, and so are domains never seen.',
          }),
          into: Type.String({ minLength: 1, default: '(rare)', description: 'Label of the merged domain.' }),
        },
        { description: 'Merges rare domains.' },
      ),
    ),
    domainFeatures: Type.Optional(
      Type.Array(Type.String(), {
        default: [],
        description:
          'Further fields that describe a domain, e.g. the kind of page: the same in all training rows of a domain. Methods see them beside the domain.',
      }),
    ),
    domainGroups: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'Cuts the domains into so many groups of about equal size, and the group is the domain: for studies of the number of domains. The domain’s own fields stay inputs.',
      }),
    ),
    holdOut: Type.Optional(HoldOut),
    fields: Type.Array(FieldOption, {
      default: [],
      description:
        'Input fields, in order; * stands for every column that is not named here, but the label and the split’s column. None: the same as * alone.',
    }),
    exclude: Type.Array(Type.String(), {
      default: [],
      description: 'Columns that * does not stand for, e.g. other outcomes of the same impression.',
    }),
    gaucBy: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Column, field or not, e.g. of users: the metric gauc is the AUC inside each of its values. Rows without a value are left out of it.',
      }),
    ),
    allowLeak: Type.Optional(
      Type.Array(Type.String(), {
        default: [],
        description: 'Fields that may predict the label however well they do alone.',
      }),
    ),
    where: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'SQL condition (DuckDB) over the raw columns; rows that do not meet it are left out.',
      }),
    ),
    minFrequency: Type.Integer({
      minimum: 1,
      default: 1,
      description: 'Values seen less often in the training rows share the out-of-vocabulary id.',
    }),
    split: Split,
  },
  { description: 'The data set.' },
);

export type DataOptions = Static<typeof DataOptions>;
export type HoldOutOptions = Static<typeof HoldOut>;
export type SplitOptions = Static<typeof Split>;
export type SourceOptions = Static<typeof Source>;
