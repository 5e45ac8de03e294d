import { itemAt } from '@mdctr/base';
import { comparisonsOf } from '../../table/cells.js';
import { differencesOf, gainsOfDifferences, ROUNDING, type BaselineComparison } from '../../table/gains.js';
import type { DomainAgainstOwn, OwnNetworkAnalysis, OwnNetworkRow } from './types.js';
import type { CellKey } from '../../results/cell-key.js';
import type { Gain } from '../../results/gain.js';
import { domainMeans } from '../domain-means.js';
import { aucsOf, type Part, type PartDomain } from '../parts.js';

interface Line {
  readonly key: CellKey;
  readonly comparison: BaselineComparison;
  readonly domains: readonly PartDomain[];
}

/**
 * The domains of every method against `method`, which has a network for each; undefined where nothing can be paired.
 */
export function ownNetworkOf(parts: readonly Part[], method: string): OwnNetworkAnalysis | undefined {
  const lines = parts.flatMap(({ cells, domains }): Line[] => {
    const compared = domains.filter((domain) => domain.compared);
    return comparisonsOf(cells, method).map((comparison, i) => ({
      key: itemAt(cells, i).key,
      comparison,
      domains: compared,
    }));
  });
  const means = gainsOfDifferences(
    lines.map(({ comparison, domains }) => differencesOf(comparison, (trial) => domainMeans(trial, domains).weighted)),
  );
  const byDomain = domainGains(lines);
  const rows = lines.flatMap(({ key }, i): OwnNetworkRow[] => {
    const gain = means[i];
    return gain ? [{ ...key, ...countsOf(itemAt(byDomain, i)), gain, byDomain: itemAt(byDomain, i) }] : [];
  });
  return rows.length === 0 ? undefined : { method, rows };
}

/** Gains by domain of each line, all of them corrected for one another. */
function domainGains(lines: readonly Line[]): DomainAgainstOwn[][] {
  const differences = lines.map(({ comparison, domains }) => {
    return domains.map(({ domain }) => differencesOf(comparison, (trial) => aucsOf(trial).get(domain) ?? null));
  });
  const gains = gainsOfDifferences(differences.flat());
  let next = 0;
  return lines.map(({ domains }) =>
    domains.flatMap(({ domain, size }): DomainAgainstOwn[] => {
      const gain = gains[next++];
      return gain ? [{ domain, size, gain }] : [];
    }),
  );
}

function countsOf(byDomain: readonly DomainAgainstOwn[]) {
  const count = (is: (gain: Gain) => boolean): number => byDomain.filter(({ gain }) => is(gain)).length;
  const judged = byDomain.some(({ gain }) => gain.verdict !== 'too few seeds');
  return {
    domains: byDomain.length,
    below: count(({ mean }) => mean < -ROUNDING),
    above: count(({ mean }) => mean > ROUNDING),
    shownBelow: judged ? count(({ verdict }) => verdict === 'worse') : null,
    shownAbove: judged ? count(({ verdict }) => verdict === 'better') : null,
  };
}
