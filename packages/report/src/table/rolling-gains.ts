import { holm, correctedTTest } from '@mdctr/statistics';
import type { Gain } from '../results/gain.js';
import { ALPHA, verdictOf } from './gains.js';

/**
 * Gains with, for lines of rolling splits, the test that allows for rows that trainings share, corrected by Holm for the
 * same comparisons; lines that are split once count there by the test that they have.
 * @param differences that the gains are of
 * @param overlaps of each line; undefined where its rows are split once.
 */
export function withRolling(
  gains: readonly (Gain | null)[],
  differences: readonly (readonly number[])[],
  overlaps: readonly (number | undefined)[],
): readonly (Gain | null)[] {
  if (overlaps.every((overlap) => overlap === undefined)) return gains;
  const tests = gains.map((gain, line) => {
    const overlap = overlaps[line];
    if (!gain || gain.p === null) return null;
    if (overlap === undefined) return { p: gain.p, interval: gain.interval };
    return correctedTTest(differences[line]!, overlap, 1 - ALPHA);
  });
  const corrected = holm(tests.flatMap((test) => (test ? [test.p] : [])));
  let next = 0;
  return gains.map((gain, line): Gain | null => {
    const test = tests[line];
    const pHolm = test ? corrected[next++]! : null;
    if (!gain || overlaps[line] === undefined) return gain;
    const { p = null, interval = null } = test ?? {};
    return { ...gain, rolling: { interval, p, pHolm, verdict: verdictOf(gain, pHolm) } };
  });
}
