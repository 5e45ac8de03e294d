import { release } from '../state/release.js';
import type { RateHistory } from './rate-history.js';
import type { RowUpdates } from './row-updates.js';
import type { UpdateRule } from './update-rule.js';

/** What steps without a batch's attention do to a row. */
export interface IdleFactors {
  /** Share of the weight that weight decay leaves. */
  readonly kept: number;
  /** How far the weight goes along the rule's direction. */
  readonly distance: number;
  /** Factor on each slot. */
  readonly decays: readonly number[];
}

/** Whether a step changes rows that its batch does not have. */
export const changesIdleRows = (rule: UpdateRule, rates: RateHistory): boolean =>
  rule.idle !== undefined || rates.decay > 0;

/** What the `gap` steps that end with `step` do. Where weights decay, so does the way that the earlier of them carried. */
export function idleFactors(rule: UpdateRule, rates: RateHistory, gap: number, step: number): IdleFactors {
  const rateOf = rates.decay > 0 ? (at: number): number => rates.at(at) * rates.kept(at, step) : rates.at;
  return {
    kept: rates.kept(step - gap, step),
    distance: gap === 0 ? 0 : (rule.idle?.distance(gap, step, rateOf) ?? 0),
    decays: rule.idle?.decay(gap) ?? Array<number>(rule.slots).fill(1),
  };
}

/** Rows that a flush brings up to date at a time. */
const FLUSH_ROWS = 1 << 17;

/**
 * Those of a table's rows that steps up to `step` change and that are not there yet, in chunks. `lastSteps` is asked for a
 * range of rows before any of them is given.
 */
export function* rowsBehind(
  rows: number,
  lastSteps: RowUpdates['lastSteps'],
  rates: RateHistory,
  step: number,
): Iterable<Int32Array> {
  const first = rates.decay > 0 ? 0 : 1; // rows never updated change by weight decay alone
  const ids = new Int32Array(Math.min(rows, FLUSH_ROWS));
  for (let begin = 0; begin < rows; begin += FLUSH_ROWS) {
    const last = lastSteps(begin, Math.min(rows, begin + FLUSH_ROWS));
    let count = 0;
    for (let i = 0; i < last.length; i++) if (last[i]! >= first && last[i]! < step) ids[count++] = begin + i;
    release(last);
    if (count > 0) yield ids.slice(0, count);
  }
}
