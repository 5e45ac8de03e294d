import { firstOf } from '@mdctr/base';
import type { Gain, Verdict } from '../results/gain.js';
import { ALPHA, SEEDS_FOR_A_VERDICT } from '../table/gains.js';
import { VERDICT_MARKS } from './format.js';

/** What verdicts rest on, and what they are about. */
const OVER_SEEDS = { test: 'paired t-test over seeds', about: 'other seeds, not other rows' };

/** The same with rolling splits. */
export const OVER_FOLDS = {
  test: 'paired t-test over pairs of seed and fold',
  about: 'other seeds and windows of time, not other rows of these',
};

/** The marks that gains have, in words, and the test that they rest on. */
export function verdictsOf(
  gains: readonly Pick<Gain, 'verdict' | 'comparisons'>[],
  { test, about } = OVER_SEEDS,
): string {
  const marks = (Object.keys(VERDICT_MARKS) as Verdict[]).filter((one) => gains.some(({ verdict }) => verdict === one));
  const { comparisons } = firstOf(gains);
  const basis = marks.some((verdict) => verdict !== 'too few seeds')
    ? `${test} at ${Math.round(ALPHA * 100)}%, by Holm for ${comparisons} comparison${comparisons === 1 ? '' : 's'}; ` +
      `about ${about}`
    : `a verdict takes ${SEEDS_FOR_A_VERDICT} that differ`;
  return `${marks.map((verdict) => `${VERDICT_MARKS[verdict]} ${verdict}`).join(', ')} (${basis})`;
}
