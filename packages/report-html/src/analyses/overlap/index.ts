import { defineFigures } from '../analysis-figures.js';
import { overlapScattersOf } from './entries.js';
import { overlapFigures } from './figure.js';

export const overlap = defineFigures({
  key: 'overlap',
  section: 'similarity',
  entries: overlapScattersOf,
  figures: (_, scatters) => overlapFigures(scatters),
});
