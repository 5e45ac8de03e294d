import { Type } from 'typebox';
import { defineAnalysis } from '../analysis.js';
import { partsOf } from '../parts.js';
import { defineFigures } from '../figures.js';
import { overlapOf } from './compute.js';
import { overlapScattersOf } from './entries.js';
import { overlapFigures } from './figure.js';
import { overlapTables } from './table.js';

/** What plugins say of pairs of domains, beside how alike the domains are. */
export const overlap = defineAnalysis({
  key: 'overlap',
  from: 'trials',
  option: Type.Boolean({
    default: true,
    description: 'Compare what plugins say of pairs of domains with how alike the domains are.',
  }),
  compute: (study, wanted) => (wanted ? overlapOf(partsOf(study)) : undefined),
  tables: (result) => overlapTables(result),
  figures: defineFigures({
    section: 'similarity',
    entries: overlapScattersOf,
    draw: (_, scatters) => overlapFigures(scatters),
  }),
});
