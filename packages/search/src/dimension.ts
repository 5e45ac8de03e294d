import { MdctrError, type ErrorDetails } from '@mdctr/base';
import type { Dimension } from './options.js';

/** A range of numbers, what is left out filled in. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly integer: boolean;
  readonly step?: number;
  readonly points?: number;
}

/** A dimension that was checked. */
export type Checked = { readonly choices: readonly unknown[] } | { readonly range: Range };

/**
 * Refuses a dimension that is neither choices nor a range, or a range that has no numbers.
 * @param place `at` and `path` of the dimension
 * @throws MdctrError MDCTR_SEARCH_DIMENSION
 */
export function checkDimension(dimension: Dimension, place: Pick<ErrorDetails, 'at' | 'path'>): Checked {
  const { values, low, high, log = false, integer = false, step, points } = dimension;
  const refuse = (what: string, expected: string, hint?: string): never => {
    const found = JSON.stringify(dimension);
    throw new MdctrError('MDCTR_SEARCH_DIMENSION', { what, ...place, expected, found, ...(hint && { hint }) });
  };
  if (values) {
    const others = Object.keys(dimension).filter((key) => key !== 'values');
    if (others.length > 0) refuse(`A dimension of choices has no "${others[0]}".`, '"values" alone, or a range');
    return { choices: values };
  }
  if (low === undefined || high === undefined) {
    return refuse(
      'A dimension needs choices or both ends of a range.',
      '"values": [...], or "low" and "high"',
      'E.g. { "values": [16, 32] }, or { "low": 1e-4, "high": 1e-2, "log": true }.',
    );
  }
  if (!(low < high)) refuse('The range has no numbers.', 'low < high');
  if (log && low <= 0) refuse('A range by ratios begins above 0.', 'low > 0, or no "log"');
  if (log && step !== undefined) refuse('A range by ratios has no steps.', '"log" or "step", not both');
  if (step !== undefined && step > high - low) refuse('The step is longer than the range.', `at most ${high - low}`);
  if (integer && ![low, high, step ?? 1].every(Number.isInteger)) {
    refuse('The range of whole numbers has ends or steps that are none.', 'whole numbers');
  }
  return { range: { low, high, log, integer, ...(step !== undefined && { step }), ...(points && { points }) } };
}

/** The value at a share u in [0, 1) of a dimension: a uniform u gives uniform values (in the logarithm, with `log`). */
export function valueAt(dimension: Checked, u: number): unknown {
  if ('choices' in dimension) return dimension.choices[Math.floor(u * dimension.choices.length)];
  const { low, high, log, integer, step } = dimension.range;
  if (step !== undefined) return readable(low + step * Math.floor(u * (stepsOf(dimension.range) + 1)));
  // Whole numbers are the rounded numbers of a range that is half a one wider at both ends: the ends count as the others.
  const [a, b] = integer ? [low - 0.5, high + 0.5] : [low, high];
  const value = log ? a * (b / a) ** u : a + (b - a) * u;
  return Math.min(high, Math.max(low, integer ? Math.round(value) : Number(value.toPrecision(6))));
}

/** The values that a grid has of a dimension; undefined for a range without `points` or `step`. */
export function gridValues(dimension: Checked): readonly unknown[] | undefined {
  if ('choices' in dimension) return dimension.choices;
  const { low, high, log, integer, step, points } = dimension.range;
  if (step !== undefined && points === undefined) {
    return Array.from({ length: stepsOf(dimension.range) + 1 }, (_, i) => readable(low + step * i));
  }
  if (points === undefined) return undefined;
  const values = Array.from({ length: points }, (_, i) => {
    const share = i / (points - 1);
    if (step !== undefined) return readable(low + step * Math.round(share * stepsOf(dimension.range)));
    const value = log ? low * (high / low) ** share : low + (high - low) * share;
    return Math.min(high, Math.max(low, integer ? Math.round(value) : readable(value)));
  });
  return [...new Set(values)];
}

/** Both ends of a range, or all choices: what a schema must accept if it is to accept the dimension. */
export function extremesOf(dimension: Dimension): readonly unknown[] {
  if (dimension.values) return dimension.values;
  const { low, high, step } = dimension as { low: number; high: number; step?: number };
  return [low, step === undefined ? high : readable(low + step * stepsOf({ low, high, step }))];
}

/** Steps from the least number to the last that is within the range. */
function stepsOf({ low, high, step }: Pick<Range, 'low' | 'high' | 'step'>): number {
  return Math.floor((high - low) / step! + 1e-9);
}

/** Without the last digits, which are rounding errors: 0.30000000000000004 as 0.3. */
function readable(value: number): number {
  return Number(value.toPrecision(12));
}
