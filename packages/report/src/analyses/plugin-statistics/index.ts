import { Type } from 'typebox';
import { defineAnalysis } from '../analysis.js';
import { partsOf } from '../parts.js';
import { defineFigures } from '../figures.js';
import { pluginStatisticsOf } from './compute.js';
import { pluginPointsOf } from './entries.js';
import { pluginFigures } from './figure.js';
import { pluginStatisticsTable } from './table.js';
import type { PluginStatisticsRow } from './types.js';

/** What plugins say by layer and domain, as one number a method. */
export const pluginStatistics = defineAnalysis({
  key: 'pluginStatistics',
  from: 'trials',
  option: Type.Boolean({
    default: true,
    description: 'Give what plugins say by layer and domain as one number a method.',
  }),
  compute(study, wanted): readonly PluginStatisticsRow[] | undefined {
    const rows = wanted ? pluginStatisticsOf(partsOf(study)) : [];
    return rows.length > 0 ? rows : undefined;
  },
  tables: (rows) => [pluginStatisticsTable(rows)],
  figures: defineFigures({ section: 'plugins', entries: pluginPointsOf, draw: pluginFigures }),
});
