import { getOrThrow } from '@mdctr/base';
import type { EncodedData } from '@mdctr/data';
import {
  analyse,
  type Analyses,
  cellsOf,
  firstOfLastFold,
  overlapOf,
  SCHEMA_VERSION,
  summarize,
  summarizeBaselines,
  type BaselinesResult,
  type BudgetResult,
  type LackingBaseline,
  type NetworkResult,
  type SettingFacts,
  type StudyResults,
  type TrialResult,
  type TuningResult,
} from '@mdctr/report';
import { withoutFolds } from '../config/folds.js';
import type { StudyConfig } from '../config/types.js';
import { reportedSplit } from '../plan/reported-split.js';
import type { StudyPlan } from '../plan/types.js';
import { type BaselineOutcome, type TrialOutcome, hasFailed } from '../trial/outcome.js';
import { settingFacts } from './setting-facts.js';

/** What results hold beside those of the trials. */
export interface Beside {
  readonly tuning?: readonly TuningResult[];
  readonly budgets?: readonly BudgetResult[];
  /** When the study has come to its end: what its scores say. */
  readonly scoreAnalyses?: Analyses;
  /** How the fits of baselines ended, in the order of the plan. */
  readonly baselines?: readonly BaselineOutcome[];
  /** When the study has come to its end: networks against the best of them. */
  readonly baselineGains?: Pick<BaselinesResult, 'best' | 'gains'>;
}

/** What is known before the first trial. */
export interface StudyFacts {
  readonly environment: StudyResults['environment'];
  /** `dataFingerprint` of the data of each setting and fold. */
  readonly fingerprints: readonly string[];
  readonly lacking?: readonly LackingBaseline[];
}

/** Makes results of the outcomes so far, in the order of the plan, however the trials came in. */
export class StudyReport {
  /** Labels of the rows evaluated, by place of the setting and fold. */
  readonly labels: readonly Float32Array[];
  private readonly lacking: readonly LackingBaseline[];
  private readonly facts: Omit<StudyResults, 'createdAt' | 'table' | 'trials' | 'failures'>;

  constructor(
    private readonly config: StudyConfig,
    private readonly plan: StudyPlan,
    /** By place of the setting and fold. */
    data: readonly EncodedData[],
    { environment, fingerprints, lacking = [] }: StudyFacts,
  ) {
    this.lacking = lacking;
    const settings = settingFacts(config, data, fingerprints);
    const labels = new Map(data.map((encoded) => [encoded, labelsOf(encoded)]));
    this.labels = data.map((encoded) => getOrThrow(labels, encoded));
    const [{ label, ...first }] = settings as [SettingFacts];
    this.facts = {
      schemaVersion: SCHEMA_VERSION,
      study: config.name,
      ...first,
      environment,
      ...(label !== '' && { settings }),
      config: withoutFolds(config),
      baseline: plan.baseline,
      plannedTrials: plan.trials.length,
    };
  }

  /** `createdAt`: when the study began, ISO 8601. */
  results(
    outcomes: ReadonlyMap<number, TrialOutcome>,
    createdAt: string,
    { tuning = [], budgets = [], scoreAnalyses = {}, baselines = [], baselineGains = {} }: Beside = {},
  ): StudyResults {
    const known = this.plan.trials.flatMap(({ index }) => outcomes.get(index) ?? []);
    const lines = known.flatMap((outcome) => (hasFailed(outcome) ? [] : outcome.lines));
    const networks = networksOf(lines);
    const trials = lines.map(withoutNetwork);
    const failures = [...baselines, ...known].flatMap((outcome) => (hasFailed(outcome) ? [outcome.failure] : []));
    const analyses = { ...scoreAnalyses, ...analyse({ ...this.facts, trials }, this.config.analyses) };
    return {
      ...this.facts,
      createdAt,
      ...(this.config.baselines?.length && { baselines: { ...this.baselinesOf(baselines), ...baselineGains } }),
      table: summarize(trials, this.plan.baseline, (setting) => this.overlapIn(setting)),
      trials,
      ...(Object.keys(analyses).length > 0 && { analyses }),
      ...(networks.length > 0 && { networks }),
      ...(budgets.length > 0 && { budgets }),
      ...(tuning.length > 0 && { tuning }),
      ...(failures.length > 0 && { failures }),
    };
  }

  /** Of rolling splits: how far trainings share rows. */
  private overlapIn(setting: string | undefined): number | undefined {
    const { data, settings } = this.facts;
    return overlapOf(settings?.find(({ label }) => label === setting)?.data ?? data);
  }

  private baselinesOf(outcomes: readonly BaselineOutcome[]): BaselinesResult {
    const trials = outcomes.flatMap((outcome) => (hasFailed(outcome) ? [] : [outcome.result]));
    const { lacking } = this;
    return { table: summarizeBaselines(trials), trials, ...(lacking.length > 0 && { lacking }) };
  }
}

/** One of each model: those of its other seeds are alike, and of its folds the last one stands for all. */
function networksOf(trials: readonly TrialResult[]): NetworkResult[] {
  return cellsOf(trials).flatMap(({ key, trials: cellTrials }) => {
    const described = cellTrials.filter(({ details }) => details?.network);
    return described.length > 0 ? [{ ...key, inspection: firstOfLastFold(described).details!.network! }] : [];
  });
}

function withoutNetwork(trial: TrialResult): TrialResult {
  if (!trial.details?.network) return trial;
  const { network: _, ...details } = trial.details;
  return { ...trial, details };
}

const labelsOf = (data: EncodedData): Float32Array =>
  Float32Array.from(data.splits[reportedSplit(data)], (row) => data.labels![row]!);
