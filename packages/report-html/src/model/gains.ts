import { reportCellsOf, cellKey, mean, baselinePairsOf } from '@mdctr/report/figures';
import { mainGain, mainValue, runName, type CellKey, type StudyResults } from '@mdctr/report';
import { gainFacts, type GainFacts } from './gain-facts.js';

/** AUC gain of a cell over the baseline of its backbone. */
export interface CellGain extends CellKey {
  readonly mean: number;
  /** Of the mean; absent for one seed. */
  readonly interval?: NonNullable<GainFacts['interval']>;
  readonly verdict?: string;
  readonly seeds: readonly { readonly run: string; readonly gain: number }[];
}

/** The same in one domain, by the domain's size. */
export interface DomainGain extends CellKey {
  readonly domain: string;
  /** Rows of the domain in training where they are known, else among the rows evaluated. */
  readonly rows: number;
  readonly gain: number;
  /** Seeds with an AUC on both sides, and how many of them gained. */
  readonly seeds: number;
  readonly wins: number;
}

/** One gain a line of the table, with its seeds; lines without a baseline are left out. */
export function gainsOf(results: StudyResults): CellGain[] {
  return reportCellsOf(results).flatMap((cell): CellGain[] => {
    const seeds = baselinePairsOf(cell, results).flatMap(([trial, plain]) => {
      const [value, base] = [mainValue(trial), mainValue(plain)];
      return value === null || base === null ? [] : [{ run: runName(trial), gain: value - base }];
    });
    if (seeds.length === 0) return [];
    const gain = mainGain(cell.row);
    const { interval, verdict } = gain ? gainFacts(gain) : {};
    const facts = { ...(interval && { interval }), ...(verdict && { verdict }) };
    return [{ ...cellKey(cell), mean: mean(seeds.map(({ gain }) => gain)), ...facts, seeds }];
  });
}

/** AUC gains inside each domain, means over the seeds. */
export function domainGainsOf(results: StudyResults): DomainGain[] {
  return reportCellsOf(results).flatMap((cell) => {
    const trained = trainedRows(results, cell.setting);
    const byDomain = new Map<string, { rows: number; gains: number[] }>();
    for (const [trial, plain] of baselinePairsOf(cell, results)) {
      const base = new Map(plain.details?.domains.map((one) => [one.domain, mainValue(one)]));
      for (const one of trial.details?.domains ?? []) {
        const { domain, rows } = one;
        const [auc, other] = [mainValue(one), base.get(domain)];
        if (auc === null || other === null || other === undefined) continue;
        const entry = byDomain.get(domain) ?? { rows: trained.get(domain) ?? rows, gains: [] };
        entry.gains.push(auc - other);
        byDomain.set(domain, entry);
      }
    }
    return [...byDomain].map(([domain, { rows, gains }]): DomainGain => {
      const wins = gains.filter((gain) => gain > 0).length;
      return { ...cellKey(cell), domain, rows, gain: mean(gains), seeds: gains.length, wins };
    });
  });
}

/** Training rows of each domain of a setting, where they are known. */
function trainedRows({ data, settings }: StudyResults, setting?: string): Map<string, number> {
  const { domainSizes = [] } = settings?.find(({ label }) => label === setting)?.data ?? data;
  return new Map(domainSizes.map(({ domain, trainRows }) => [domain, trainRows]));
}
