import { Random } from '@mdctr/base';
import { inputError } from '../require.js';
import { groupRows } from '../rows/group-rows.js';

/** What is drawn with replacement: rows; rows inside strata, whose sizes stay; or whole groups of rows. */
export interface ResamplingPlan {
  /** [N] stratum of each row, numbers from 0: e.g. the label, so that each resample has both classes. */
  readonly strata?: Int32Array;
  /** [N] group of each row, numbers from 0: e.g. the user, where rows of a user depend on each other. */
  readonly groups?: Int32Array;
}

/** Draws resamples: writes into `weights` [N] how often each row is drawn. */
export type Resampler = (weights: Float64Array) => void;

/**
 * @throws MdctrError MDCTR_STATISTICS_INPUT where both strata and groups are given, or one does not fit the rows.
 */
export function resampler(rows: number, { strata, groups }: ResamplingPlan, seed: number): Resampler {
  if (strata && groups) throw inputError('Strata and groups exclude each other.', 'one of them', 'both');
  const below = randomBelow(seed);
  if (groups) {
    const { members, starts } = groupRows(groups, rows);
    return (weights) => {
      weights.fill(0);
      for (let draw = 1; draw < starts.length; draw++) {
        const group = below(starts.length - 1);
        for (let i = starts[group]!; i < starts[group + 1]!; i++) weights[members[i]!]!++;
      }
    };
  }
  if (strata) {
    const { members, starts } = groupRows(strata, rows);
    return (weights) => {
      weights.fill(0);
      for (let stratum = 0; stratum + 1 < starts.length; stratum++) {
        const [start, size] = [starts[stratum]!, starts[stratum + 1]! - starts[stratum]!];
        for (let draw = 0; draw < size; draw++) weights[members[start + below(size)]!]!++;
      }
    };
  }
  return (weights) => {
    weights.fill(0);
    for (let draw = 0; draw < rows; draw++) weights[below(rows)]!++;
  };
}

/** Random whole numbers from 0 up to, not including, a limit; each equally likely. */
function randomBelow(seed: number): (limit: number) => number {
  const random = Random.fromBits(seed);
  return (limit) => {
    const whole = 2 ** 32 - (2 ** 32 % limit); // beyond it some numbers would have one chance more
    for (;;) {
      const draw = random.bits();
      if (draw < whole) return draw % limit;
    }
  };
}
