import { inputError } from '../require.js';
import { groupRows } from './group-rows.js';

/**
 * Sum of squares of deviations: of the rows, or of groups of rows (users, sessions) when those are what was sampled, so
 * that rows of a group may depend on each other. Source for AUC: Obuchowski, Biometrics 1997.
 * @param groups [N] numbers from 0.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for lists of two lengths, a negative group, fewer than two groups.
 */
export function varianceOf(influence: Float64Array, groups?: Int32Array): number {
  if (!groups) return sumOfSquares(influence);
  const { members, starts } = groupRows(groups, influence.length);
  const count = starts.length - 1;
  if (count < 2) throw inputError('All rows are of one group.', '2 groups or more', count);
  const sums = new Float64Array(count);
  for (let g = 0; g < count; g++) {
    for (let i = starts[g]!; i < starts[g + 1]!; i++) sums[g]! += influence[members[i]!]!;
  }
  return (sumOfSquares(sums) * count) / (count - 1);
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
