import type { Analyses, CellKey } from '@mdctr/report';
import { keyOf } from './cells.js';

/** A domain with a method, against its own network: means over seeds. */
export interface OwnGain extends CellKey {
  readonly domain: string;
  readonly rows: number;
  readonly gain: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string;
  readonly seeds: number;
  readonly wins: number;
}

export const ownGainsOf = ({ ownNetwork }: Analyses): OwnGain[] =>
  (ownNetwork?.rows ?? []).flatMap((row) =>
    row.byDomain.map(({ domain, size, gain: { mean, interval, verdict, n, wins } }) => ({
      ...keyOf(row),
      ...{ domain, rows: size, gain: mean, low: interval?.low ?? null, high: interval?.high ?? null },
      ...{ verdict, seeds: n, wins },
    })),
  );
