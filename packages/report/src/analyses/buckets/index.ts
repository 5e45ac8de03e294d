import { Type } from 'typebox';
import { defineAnalysis } from '../analysis.js';
import { partsOf } from '../parts.js';
import { defineFigures } from '../figures.js';
import { bucketsOf } from './compute.js';
import { bucketGainsOf } from './entries.js';
import { bucketFigures } from './figure.js';
import { bucketTable } from './table.js';

/** AUC inside domains, by buckets of domains of like size. */
export const buckets = defineAnalysis({
  key: 'buckets',
  from: 'trials',
  option: Type.Integer({
    minimum: 0,
    maximum: 20,
    default: 3,
    description: 'Buckets of domains by training rows that gains are given for; 0 for none.',
  }),
  compute: (study, count) => bucketsOf(partsOf(study), study.baseline, count),
  tables: (result, baseline) => [bucketTable(result, baseline)],
  figures: defineFigures({ section: 'domains', entries: bucketGainsOf, draw: bucketFigures }),
});
