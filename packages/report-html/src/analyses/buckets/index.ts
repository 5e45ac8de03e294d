import { defineFigures } from '../analysis-figures.js';
import { bucketGainsOf } from './entries.js';
import { bucketFigures } from './figure.js';

export const buckets = defineFigures({
  key: 'buckets',
  section: 'domains',
  entries: bucketGainsOf,
  figures: bucketFigures,
});
