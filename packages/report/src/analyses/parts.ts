import { cellsOf, type TrialCell } from '../table/cells.js';
import { mainValue } from '../table/main-metric.js';
import type { DataFacts } from '../results/data.js';
import type { AnalysedStudy } from './analysed-study.js';
import type { TrialResult } from '../results/trial.js';

/** One setting of a study, or all of a study without settings: trials here are on the same rows. */
export interface Part {
  readonly setting?: string;
  readonly data: DataFacts;
  /** Trials with metrics by domain. */
  readonly cells: readonly TrialCell[];
  /** Largest first. */
  readonly domains: readonly PartDomain[];
}

export interface PartDomain {
  readonly domain: string;
  /** Training rows, or rows evaluated where those are not known. */
  readonly size: number;
  /** Rows evaluated. */
  readonly rows: number;
  /** Whether every trial has an AUC of it: only then do means over domains compare. */
  readonly compared: boolean;
}

/** Every analysis of a study asks for them. */
const divided = new WeakMap<AnalysedStudy, readonly Part[]>();

/** The parts of a study whose trials can be compared with one another. */
export function partsOf(study: AnalysedStudy): readonly Part[] {
  const parts = divided.get(study) ?? divide(study);
  divided.set(study, parts);
  return parts;
}

function divide({ data, settings, trials }: AnalysedStudy): Part[] {
  const detailed = trials.filter(({ details }) => details?.domains);
  const labels = [...new Set(detailed.map(({ setting }) => setting))];
  return labels.map((setting): Part => {
    const ofSetting = detailed.filter((trial) => trial.setting === setting);
    const facts = settings?.find(({ label }) => label === setting)?.data ?? data;
    return {
      ...(setting !== undefined && { setting }),
      data: facts,
      cells: cellsOf(ofSetting),
      domains: domains(facts, ofSetting),
    };
  });
}

/** Asked for once for each domain of each comparison. */
const known = new WeakMap<TrialResult, ReadonlyMap<string, number>>();

/** AUC inside each domain that has one. */
export function aucsOf(trial: TrialResult): ReadonlyMap<string, number> {
  let aucs = known.get(trial);
  if (!aucs) {
    const domains = trial.details?.domains ?? [];
    aucs = new Map(
      domains.flatMap((one) => {
        const auc = mainValue(one);
        return auc === null ? [] : [[one.domain, auc]];
      }),
    );
    known.set(trial, aucs);
  }
  return aucs;
}

function domains({ domainSizes }: DataFacts, trials: readonly TrialResult[]): PartDomain[] {
  const sizes = domainSizes && new Map(domainSizes.map(({ domain, trainRows }) => [domain, trainRows]));
  const aucs = trials.map(aucsOf);
  const rows = new Map(trials.flatMap(({ details }) => details!.domains.map((one) => [one.domain, one.rows])));
  return [...rows]
    .map(([domain, rows]) => ({
      domain,
      rows,
      size: sizes ? (sizes.get(domain) ?? 0) : rows, // a domain that training never saw has no size there
      compared: aucs.every((auc) => auc.has(domain)),
    }))
    .sort((a, b) => b.size - a.size || b.rows - a.rows || (a.domain < b.domain ? -1 : 1));
}
