import { summarize, type DataFacts, type StudyResults, type TrialResult } from '../../src/index.js';

/** The results with every analysis on the terminal. */
export const showing = (results: StudyResults): StudyResults => ({
  ...results,
  config: {
    ...(results.config as object),
    analyses: { show: ['seedsAndRows', 'buckets', 'ownNetwork', 'pluginStatistics', 'overlap'] },
  },
});

/** AUC of each domain by method and seed, from 0: a function of the test. */
export type Aucs = (method: string, seed: number, domain: number) => number | null;

export const DOMAINS = ['a', 'b', 'c', 'd', 'e'];
export const ROWS = [400, 200, 100, 50, 50];
export const METHODS = ['plain', 'own', 'shared'];

export const trialOf = (method: string, seed: number, aucs: Aucs, more: Partial<TrialResult> = {}): TrialResult => ({
  backbone: 'dnn',
  method,
  seed,
  metrics: { auc: 0.7, domainAuc: 0.7, logLoss: 0.5 },
  parameters: 10,
  flopsPerRow: 10,
  stepMs: 1,
  inferenceUs: 1,
  testPasses: 1,
  seconds: 1,
  epochs: 1,
  bestEpoch: 1,
  details: {
    domains: DOMAINS.map((domain, d) => ({
      ...{ domain, rows: ROWS[d]!, positives: 5 },
      metrics: { auc: aucs(method, seed, d), logLoss: 0.4 },
    })),
    calibration: [],
    epochs: [],
    diagnostics: {},
  },
  ...more,
});

export const data: DataFacts = {
  ...{ rows: 1600, fields: 3, domains: 5, trainRows: 800, evaluationRows: 800 },
  // Not in the order of the rows evaluated.
  domainSizes: DOMAINS.map((domain, d) => ({ domain, trainRows: 1000 * (d + 1) })).reverse(),
};

export function study(aucs: Aucs, more: Partial<StudyResults> = {}, seeds = 4): StudyResults {
  const trials = METHODS.flatMap((method) => Array.from({ length: seeds }, (_, seed) => trialOf(method, seed, aucs)));
  return {
    ...{ schemaVersion: 2, study: 's', split: 'test', selectedOnSplit: false, createdAt: '', environment: {}, data },
    ...{ baseline: 'plain', plannedTrials: trials.length, trials, table: summarize(trials, 'plain') },
    ...more,
  };
}

/** `shared` gains in d and e, the largest by training rows, and loses in a and b; noise is the same for all but a little. */
export const usual: Aucs = (method, seed, d) => {
  const gain = method === 'shared' ? [-0.02, -0.01, 0, 0.01, 0.02][d]! : 0;
  return 0.7 + seed / 50 + gain + (method === 'shared' ? (seed - 1.5) / 1000 : 0);
};
