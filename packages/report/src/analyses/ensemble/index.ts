import { Type } from 'typebox';
import { defineScoreAnalysis } from '../analysis.js';
import { ensemblesOf } from './compute.js';
import { ensembleTable } from './table.js';
import type { EnsembleRow } from './types.js';

/** The seeds of each line as one predictor. */
export const ensemble = defineScoreAnalysis({
  key: 'ensemble',
  from: 'scores',
  option: Type.Boolean({
    default: true,
    description:
      'Measure the mean of the scores of all seeds of a line as one predictor, from the scores of all trials, at the end of the study.',
  }),
  compute(lines, wanted): readonly EnsembleRow[] | undefined {
    const rows = wanted ? ensemblesOf(lines) : [];
    return rows.length > 0 ? rows : undefined;
  },
  tables: (rows, baseline) => [ensembleTable(rows, baseline)],
});
