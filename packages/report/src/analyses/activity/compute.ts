import { cellKey } from '../../table/cells.js';
import type { ScoredLine } from '../analysis.js';
import type { ActivityRow } from './types.js';

/** A method whose scores differ by less than this share of what another seed makes did nothing. */
export const IDLE_SHARE = 0.1;

/** What each line that is compared with a baseline did to its scores. */
export const activityOf = (lines: readonly ScoredLine[]): ActivityRow[] =>
  lines.filter(({ seeds }) => seeds > 0).map(measure);

function measure(line: ScoredLine): ActivityRow {
  const differences: number[] = [];
  const ofSeeds: number[] = [];
  let before: Float32Array | undefined;
  for (const [own, baseline] of line.pairs()) {
    differences.push(meanDifference(own, baseline));
    if (before) ofSeeds.push(meanDifference(before, baseline));
    before = baseline;
  }
  const difference = mean(differences);
  const seedsDiffer = ofSeeds.length > 0 ? mean(ofSeeds) : null;
  return {
    ...cellKey(line),
    ...{ seeds: line.seeds, difference, ofSeeds: seedsDiffer },
    idle: difference === 0 || (seedsDiffer !== null && difference < IDLE_SHARE * seedsDiffer),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean absolute difference of two lists of scores of the same rows. */
function meanDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += Math.abs(a[row]! - b[row]!);
  return sum / a.length;
}
