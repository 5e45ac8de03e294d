import { readFileSync } from 'node:fs';

/** What scipy, scikit-learn and statsmodels say: fixtures/generate.py. */
export interface Fixtures {
  student: {
    tails: [t: number, freedom: number, p: number][];
    critical: [alpha: number, freedom: number, t: number][];
  };
  normal: { tails: [number, number][]; cdf: [number, number][]; quantiles: [number, number][] };
  tTests: (Record<'level' | 'mean' | 'std' | 't' | 'p' | 'low' | 'high', number> & { values: number[] })[];
  signTests: { values: number[]; p: number }[];
  signedRanks: { values: number[]; positive: number; p: number }[];
  delong: {
    name: string;
    labels: number[];
    first: number[];
    second: number[];
    aucs: [number, number];
    error: number;
    z: number;
    p: number;
    groups: number[];
    groupedError: number;
    gauc: number;
    gaucError: number;
  }[];
  seedsAndRows: {
    labels: number[];
    first: number[][];
    second: number[][];
    difference: number;
    error: number;
    /** null where it is infinite. */
    freedom: number | null;
    p: number;
  }[];
  weighted: Record<'labels' | 'scores' | 'weights' | 'losses', number[]> & { auc: number; logLoss: number };
  bootstrap: {
    estimate: number;
    resamples: number[];
    leftOut: number[];
    bca: [number, number];
    percentile: [number, number];
  }[];
  corrections: { p: number[]; holm: number[]; benjaminiHochberg: number[] }[];
  rankCorrelations: { x: number[]; y: number[]; correlation: number }[];
}

export const fixtures = JSON.parse(
  readFileSync(new URL('./fixtures/fixtures.json', import.meta.url), 'utf8'),
) as Fixtures;

/** |found - wanted| relative to the wanted value; absolute for 0. */
export function relativeError(found: number, wanted: number): number {
  return Math.abs(found - wanted) / (Math.abs(wanted) || 1);
}
