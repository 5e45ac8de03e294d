import { Type } from 'typebox';
import { defineAnalysis } from '../analysis.js';
import { partsOf } from '../parts.js';
import { calibrationOf } from './compute.js';
import { calibrationTable } from './table.js';

/** Predicted clicks against observed ones, overall and by domain. */
export const calibration = defineAnalysis({
  key: 'calibration',
  from: 'trials',
  option: Type.Integer({
    minimum: 0,
    maximum: 50,
    default: 5,
    description: 'Largest domains that PCOC and ECE are given for, beside those of all rows; 0 for no such table.',
  }),
  compute: (study, count) => calibrationOf(partsOf(study), count),
  tables: (result) => [calibrationTable(result)],
});
