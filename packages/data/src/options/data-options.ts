import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';
import { SyntheticSource } from '../synthetic/options.js';
import { FieldOption } from './field-options.js';
import { FileSource } from './file-source-options.js';
import { HoldOut } from './hold-out-options.js';
import { Split } from './split-options.js';

const Source = taggedUnion('kind', [FileSource, SyntheticSource], { description: 'Where the rows come from.' });

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
    weight: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Column of what each training row counts in the loss, a number of 0 or more; their mean is scaled to 1. Metrics count rows alike.',
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
export type SourceOptions = Static<typeof Source>;
