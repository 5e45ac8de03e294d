import { Type } from 'typebox';
import { defineScoreAnalysis } from '../analysis.js';
import { seedsAndRowsOf } from './compute.js';
import { seedsAndRowsTable } from './table.js';
import type { SeedsAndRowsRow } from './types.js';

/** Gains over seeds and rows together. */
export const seedsAndRows = defineScoreAnalysis({
  key: 'seedsAndRows',
  from: 'scores',
  shown: true,
  option: Type.Boolean({
    default: true,
    description: 'Test gains over seeds and rows together, from the scores of all trials, at the end of the study.',
  }),
  compute(comparisons, wanted): readonly SeedsAndRowsRow[] | undefined {
    const rows = wanted ? seedsAndRowsOf(comparisons) : [];
    return rows.length > 0 ? rows : undefined;
  },
  tables: (rows, baseline) => (baseline === null ? [] : [seedsAndRowsTable(rows, baseline)]),
});
