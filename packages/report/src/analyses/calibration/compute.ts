import type { TrialResult } from '../../results/trial.js';
import { statOf } from '../../table/stat.js';
import type { Part } from '../parts.js';
import type { CalibrationAnalysis, CalibrationRow, CalibrationStats } from './types.js';

/** PCOC and ECE of each model, overall and in the `count` domains with the most rows evaluated. */
export function calibrationOf(parts: readonly Part[], count: number): CalibrationAnalysis | undefined {
  const rows = parts.flatMap(({ cells, domains }) => {
    const largest = [...domains].sort((a, b) => b.rows - a.rows).slice(0, count);
    return cells.map(({ key, trials }): CalibrationRow => ({
      ...key,
      overall: statsOf(trials, ({ metrics }) => metrics),
      domains: largest.map(({ domain }) => ({ domain, ...statsOf(trials, (trial) => metricsIn(trial, domain)) })),
    }));
  });
  return count === 0 || rows.every(({ overall }) => !overall.pcoc && !overall.ece) ? undefined : { rows };
}

type Metrics = Readonly<Record<string, number | null>>;

const metricsIn = ({ details }: TrialResult, domain: string): Metrics =>
  details?.domains.find((one) => one.domain === domain)?.metrics ?? {};

const statsOf = (trials: readonly TrialResult[], metricsOf: (trial: TrialResult) => Metrics): CalibrationStats => ({
  pcoc: statOf(trials.map((trial) => metricsOf(trial)['pcoc'] ?? null)),
  ece: statOf(trials.map((trial) => metricsOf(trial)['ece'] ?? null)),
});
