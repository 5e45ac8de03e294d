import { describe, expect, it } from 'vitest';
import { analyse, analysisTables } from '../../src/index.js';
import { study, usual } from './study.js';

/** The usual study, with numbers of calibration that depend on method, seed and domain. */
function calibrated(pcoc: (method: string, seed: number, domain: string) => number | null) {
  const results = study(usual, {}, 2);
  const trials = results.trials.map((trial) => ({
    ...trial,
    metrics: { ...trial.metrics, pcoc: pcoc(trial.method, trial.seed, ''), ece: 0.02 },
    details: {
      ...trial.details!,
      domains: trial.details!.domains.map((one) => ({
        ...one,
        metrics: { ...one.metrics, pcoc: pcoc(trial.method, trial.seed, one.domain), ece: 0.03 },
      })),
    },
  }));
  return { ...results, trials };
}

describe('calibration', () => {
  const results = calibrated((method, seed, domain) =>
    domain === 'b' && method === 'own' ? null : (method === 'own' ? 2 : 1) + seed / 10 + (domain === 'a' ? 1 : 0),
  );
  const { calibration } = analyse(results, { calibration: 2 });

  it('has means over seeds, overall and of the domains with the most rows evaluated', () => {
    const row = calibration!.rows.find(({ method }) => method === 'shared')!;
    expect(row.overall.pcoc!.mean).toBeCloseTo(1.05, 12);
    expect(row.domains.map(({ domain }) => domain)).toEqual(['a', 'b']);
    expect(row.domains[0]!.pcoc!.mean).toBeCloseTo(2.05, 12);
  });

  it('leaves out what is undefined for a seed, and stands in a table', () => {
    const own = calibration!.rows.find(({ method }) => method === 'own')!;
    expect(own.domains[1]!.pcoc).toBeNull();
    const table = analysisTables({ analyses: { calibration: calibration! }, baseline: null })[0]!;
    expect(table.head).toEqual(['backbone', 'method', 'all rows', 'a', 'b']);
    expect(table.body[2]).toEqual(['dnn', 'shared', '1.050 (.020)', '2.050 (.030)', '1.050 (.030)']);
    expect(table.body[1]![4]).toBe('— (.030)');
  });

  it('is nothing where it is not wanted, or results have no such numbers', () => {
    expect(analyse(results, { calibration: 0 }).calibration).toBeUndefined();
    expect(analyse(study(usual)).calibration).toBeUndefined();
  });
});
