import { MAIN_METRIC } from '@mdctr/metrics';
import type { Gain, Stat } from '../results/gain.js';
import type { TableRow } from '../results/table-row.js';
import type { TrialResult } from '../results/trial.js';

/** The metric that claims rest on, of a line of the table; null where it is undefined for a seed. */
export const mainStat = ({ metrics }: Pick<TableRow, 'metrics'>): Stat | null => metrics[MAIN_METRIC.name] ?? null;

/** Its gain over the baseline. */
export const mainGain = ({ gains }: Pick<TableRow, 'gains'>): Gain | null => gains[MAIN_METRIC.name] ?? null;

/** The same metric of a trial. */
export const mainValue = ({ metrics }: Pick<TrialResult, 'metrics'>): number | null =>
  metrics[MAIN_METRIC.name] ?? null;
