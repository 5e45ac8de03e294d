import { firstOf, itemAt, lastOf } from '@mdctr/base';
import { comparisonsOf, type TrialCell } from '../../table/cells.js';
import { differencesOf, gainsOfDifferences } from '../../table/gains.js';
import type { Bucket, BucketAnalysis, BucketRow } from './types.js';
import type { TrialResult } from '../../results/trial.js';
import { statOf } from '../../table/stat.js';
import { domainMeans } from '../domain-means.js';
import type { Part, PartDomain } from '../parts.js';

/**
 * AUC inside domains by buckets of domains of like size. The domains of a setting, by training rows, are cut into
 * `count` buckets of equally many (to within one); then those go that have no AUC in some trial of the setting, so that
 * every trial of a bucket is measured on the same rows. Settings with fewer domains than buckets are left out.
 */
export function bucketsOf(parts: readonly Part[], baseline: string | null, count: number): BucketAnalysis | undefined {
  const cuts = parts.flatMap((part) => cut(part, count).map((domains, i) => ({ part, domains, bucket: i + 1 })));
  const lines = cuts.flatMap(({ part, domains, bucket }) =>
    linesOf(part, domains.filter(isCompared), bucket, baseline),
  );
  if (lines.length === 0) return undefined;
  const gains = gainsOfDifferences(lines.map(({ differences }) => differences.weighted));
  const macroGains = gainsOfDifferences(lines.map(({ differences }) => differences.macro));
  return {
    buckets: cuts.map(({ part, domains, bucket }) => factsOf(part, domains, bucket)),
    rows: lines.map(({ row }, i): BucketRow => ({ ...row, gain: itemAt(gains, i), macroGain: itemAt(macroGains, i) })),
  };
}

const isCompared = ({ compared }: PartDomain): boolean => compared;

function cut({ domains }: Part, count: number): PartDomain[][] {
  if (count < 2 || domains.length < count) return [];
  const edge = (i: number): number => Math.floor((i * domains.length) / count);
  return Array.from({ length: count }, (_, i) => domains.slice(edge(i), edge(i + 1)));
}

/** Every cell of a bucket, with its differences from the baseline. */
function linesOf({ cells }: Part, domains: readonly PartDomain[], bucket: number, baseline: string | null) {
  if (domains.length === 0) return [];
  const comparisons = comparisonsOf(cells, baseline);
  const valueOf = (kind: 'weighted' | 'macro') => (trial: TrialResult) => domainMeans(trial, domains)[kind];
  return cells.flatMap(({ key, trials }: TrialCell, i) => {
    const statBy = (kind: 'weighted' | 'macro') => statOf(trials.map(valueOf(kind)));
    const differences = {
      weighted: differencesOf(itemAt(comparisons, i), valueOf('weighted')),
      macro: differencesOf(itemAt(comparisons, i), valueOf('macro')),
    };
    const [domainAuc, domainMacroAuc] = [statBy('weighted'), statBy('macro')];
    return domainAuc && domainMacroAuc ? [{ row: { ...key, bucket, domainAuc, domainMacroAuc }, differences }] : [];
  });
}

function factsOf({ setting }: Part, domains: readonly PartDomain[], bucket: number): Bucket {
  const compared = domains.filter(isCompared);
  return {
    ...(setting !== undefined && { setting }),
    bucket,
    domains: compared.map(({ domain }) => domain),
    omitted: domains.length - compared.length,
    largest: firstOf(domains).size,
    smallest: lastOf(domains).size,
    evaluationRows: compared.reduce((sum, { rows }) => sum + rows, 0),
  };
}
