import type { EncodedData } from '@mdctr/data';
import { summarize, type DataFacts, type SettingFacts, type StudyResults, type TuningResult } from '@mdctr/report';
import { evaluateScores } from '@mdctr/training';
import type { StudyConfig } from '../config.js';
import { hasFailed, type TrialOutcome } from './outcome.js';
import { reportedSplit, type StudyPlan } from './plan.js';

/** Makes results of the outcomes so far, in the order of the plan, however the trials came in. */
export class StudyReport {
  private readonly facts: Omit<StudyResults, 'createdAt' | 'table' | 'trials' | 'failures'>;

  constructor(
    config: StudyConfig,
    private readonly plan: StudyPlan,
    /** By place of the setting. */
    data: readonly EncodedData[],
    environment: StudyResults['environment'],
    /** `dataFingerprint` of each. */
    fingerprints: readonly string[],
  ) {
    const described = new Map<EncodedData, DataFacts>();
    const settings = config.settings.map(({ label = '', training }, i): SettingFacts => {
      const own = data[i]!;
      const split = reportedSplit(own);
      const facts = described.get(own) ?? { ...describeData(own, split), fingerprint: fingerprints[i]! };
      described.set(own, facts);
      return { label, split, selectedOnSplit: split === 'validation' && training.epochs > 1, data: facts };
    });
    const [{ label, ...first }] = settings as [SettingFacts];
    this.facts = {
      schemaVersion: 1,
      study: config.name,
      ...first,
      environment,
      ...(label !== '' && { settings }),
      config,
      baseline: plan.baseline,
      plannedTrials: plan.trials.length,
    };
  }

  /** `createdAt`: when the study began, ISO 8601. */
  results(
    outcomes: ReadonlyMap<number, TrialOutcome>,
    createdAt: string,
    tuning: readonly TuningResult[] = [],
  ): StudyResults {
    const known = this.plan.trials.flatMap(({ index }) => outcomes.get(index) ?? []);
    const trials = known.flatMap((outcome) => (hasFailed(outcome) ? [] : outcome.lines));
    const failures = known.flatMap((outcome) => (hasFailed(outcome) ? [outcome.failure] : []));
    return {
      ...this.facts,
      createdAt,
      table: summarize(trials, this.plan.baseline),
      trials,
      ...(tuning.length > 0 && { tuning }),
      ...(failures.length > 0 && { failures }),
    };
  }
}

function describeData(data: EncodedData, split: 'validation' | 'test'): DataFacts {
  const rows = data.splits[split];
  const { oracle, labels, domains } = data;
  const best =
    oracle &&
    labels &&
    evaluateScores({
      scores: Float32Array.from(rows, (row) => oracle[row]!),
      labels: Float32Array.from(rows, (row) => labels[row]!),
      domains: Int32Array.from(rows, (row) => domains[row]!),
      domainLabels: data.schema.domains,
    });
  return {
    rows: data.rows,
    fields: data.schema.fields.length,
    domains: data.schema.domains.length - 1,
    trainRows: data.splits.train.length,
    evaluationRows: rows.length,
    domainSizes: domainSizes(data),
    ...(best && { bestPossible: { auc: best.auc, gauc: best.gauc, logLoss: best.logLoss } }),
  };
}

/** Domains that training never saw have no size: domain 0 is left out where it is empty. */
function domainSizes({ schema, domains, splits }: EncodedData): { domain: string; trainRows: number }[] {
  const rows = new Float64Array(schema.domains.length);
  for (const row of splits.train) rows[domains[row]!]!++;
  return schema.domains
    .map((domain, id) => ({ domain, trainRows: rows[id]! }))
    .filter(({ trainRows }) => trainRows > 0)
    .sort((a, b) => b.trainRows - a.trainRows);
}
