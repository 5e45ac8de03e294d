import type { CellKey } from '../../results/cell-key.js';
import { cellKey } from '../../table/cells.js';
import type { OwnNetworkAnalysis } from './types.js';

/** A domain with a method, against its own network: means over seeds. */
export interface OwnGain extends CellKey {
  /** Label of the method with a network for each domain. */
  readonly against: string;
  readonly domain: string;
  readonly rows: number;
  readonly gain: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string;
  readonly seeds: number;
  readonly wins: number;
}

export const ownGainsOf = ({ method, rows }: OwnNetworkAnalysis): OwnGain[] =>
  rows.flatMap((row) =>
    row.byDomain.map(({ domain, size, gain: { mean, interval, verdict, n, wins } }) => ({
      ...cellKey(row),
      against: method,
      ...{ domain, rows: size, gain: mean, low: interval?.low ?? null, high: interval?.high ?? null },
      ...{ verdict, seeds: n, wins },
    })),
  );
