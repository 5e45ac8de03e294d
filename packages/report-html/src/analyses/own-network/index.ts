import { defineFigures } from '../analysis-figures.js';
import { ownGainsOf } from './entries.js';
import { ownNetworkFigures } from './figure.js';

export const ownNetwork = defineFigures({
  key: 'ownNetwork',
  section: 'domains',
  entries: ownGainsOf,
  figures: ownNetworkFigures,
});
