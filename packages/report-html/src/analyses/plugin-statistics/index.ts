import { defineFigures } from '../analysis-figures.js';
import { pluginPointsOf } from './entries.js';
import { pluginFigures } from './figure.js';

export const pluginStatistics = defineFigures({
  key: 'pluginStatistics',
  section: 'plugins',
  entries: pluginPointsOf,
  figures: pluginFigures,
});
