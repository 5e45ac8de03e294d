import { Type } from 'typebox';
import { defineScoreAnalysis } from '../analysis.js';
import { activityOf } from './compute.js';
import { activityTable } from './table.js';
import type { ActivityRow } from './types.js';

/** Whether methods did anything, from the scores of all trials. */
export const activity = defineScoreAnalysis({
  key: 'activity',
  from: 'scores',
  option: Type.Boolean({
    default: true,
    description:
      'Measure how far each method moves the scores of its baseline, beside what another seed does, from the scores of all trials, at the end of the study. A method that hardly moves them is marked "idle".',
  }),
  compute(lines, wanted): readonly ActivityRow[] | undefined {
    const rows = wanted ? activityOf(lines) : [];
    return rows.length > 0 ? rows : undefined;
  },
  tables: (rows, baseline) => [activityTable(rows, baseline)],
});
