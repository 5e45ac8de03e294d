import { requireLevel, inputError } from '../require.js';
import { LEVEL, type Interval } from '../interval.js';
import { groupRows } from '../rows/group-rows.js';
import { bcaInterval, percentileInterval } from './intervals.js';
import { resampler, type ResamplingPlan } from './resample.js';
import type { WeightedMetric } from './weighted-metrics.js';

export interface BootstrapOptions extends ResamplingPlan {
  /** 2000 by default: the draws then move either end of a 95% interval by some 2% of its width. */
  readonly resamples?: number;
  /** Seed of the draws, a whole number; 1 by default. */
  readonly seed?: number;
  readonly level?: number;
  /** `bca` by default: better where the differences are skewed, at the price of up to 1000 further evaluations. */
  readonly method?: 'bca' | 'percentile';
}

export interface BootstrapResult {
  /** The difference on the rows as they are. */
  readonly difference: number;
  /** Standard deviation over the resamples. */
  readonly standardError: number;
  readonly interval: Interval;
  /** Two-sided: twice the share of resamples on the other side of 0, (count + 1) / (resamples + 1). */
  readonly p: number;
}

/** Units that the jackknife of BCa leaves out one by one; more are left out in blocks. */
const MOST_LEFT_OUT = 1000;

/**
 * Paired bootstrap over rows: both models are measured on the same resamples, so that what rows do to both cancels.
 * For metrics that have no formula for their variance; costs resamples x (rows + an evaluation). Same seed, same result.
 * @param rows number of rows, N.
 * @param difference metric of the first model minus that of the second as a function of weights [N]; the list is reused
 *   between calls. `(w) => a(w) - b(w)` with two of `weightedAuc`, `weightedMean` or functions of your own.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for a resample without a value (rows of one class: stratify by label), for
 *   options out of range.
 */
export function pairedBootstrap(
  rows: number,
  difference: WeightedMetric,
  { resamples = 2000, seed = 1, level = LEVEL, method = 'bca', ...plan }: BootstrapOptions = {},
): BootstrapResult {
  requireLevel(level);
  if (!(Number.isInteger(resamples) && resamples >= 100)) {
    throw inputError('Too few resamples.', 'a whole number, 100 or more', resamples);
  }
  if (!(Number.isInteger(rows) && rows >= 2)) throw inputError('Too few rows.', '2 or more', rows);
  const draw = resampler(rows, plan, seed);
  const weights = new Float64Array(rows).fill(1);
  const estimate = valueOf(difference, weights);
  const values = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    draw(weights);
    values[i] = valueOf(difference, weights);
  }
  values.sort();
  return {
    difference: estimate,
    standardError: spreadOf(values),
    interval:
      method === 'bca'
        ? bcaInterval(values, estimate, jackknife(rows, difference, plan), level)
        : percentileInterval(values, level),
    p: twoSided(values),
  };
}

function valueOf(metric: WeightedMetric, weights: Float64Array): number {
  const value = metric(weights);
  if (Number.isFinite(value)) return value;
  throw inputError(
    'The metric has no value on a resample, perhaps for rows of one class.',
    'a finite number on each; strata of the labels keep both classes',
    value,
  );
}

/** The statistic without each row or group in turn; without blocks of them, spread over all rows, where they are many. */
function jackknife(rows: number, difference: WeightedMetric, { groups }: ResamplingPlan): Float64Array {
  const { members, starts } = groupRows(groups ?? Int32Array.from({ length: rows }, (_, row) => row), rows);
  const units = starts.length - 1;
  const weights = new Float64Array(rows).fill(1);
  const setBlock = (block: number, weight: number): void => {
    for (let unit = block; unit < units; unit += MOST_LEFT_OUT) {
      for (let i = starts[unit]!; i < starts[unit + 1]!; i++) weights[members[i]!] = weight;
    }
  };
  return Float64Array.from({ length: Math.min(units, MOST_LEFT_OUT) }, (_, block) => {
    setBlock(block, 0);
    const value = valueOf(difference, weights);
    setBlock(block, 1);
    return value;
  });
}

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function twoSided(values: Float64Array): number {
  let [notAbove, notBelow] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! <= 0) notAbove++;
    if (values[i]! >= 0) notBelow++;
  }
  return Math.min(1, (2 * (Math.min(notAbove, notBelow) + 1)) / (values.length + 1));
}
