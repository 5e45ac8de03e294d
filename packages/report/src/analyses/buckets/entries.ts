import type { CellKey } from '../../results/cell-key.js';
import { cellKey } from '../../table/cells.js';
import type { Bucket, BucketAnalysis } from './types.js';

/** Gain of a method over the baseline inside the domains of a bucket. */
export interface BucketGain extends CellKey {
  /** From 1, the largest domains. */
  readonly bucket: number;
  readonly domainAuc: number;
  readonly domainMacroAuc: number;
  readonly gain: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly verdict: string;
  /** What the bucket is made of. */
  readonly facts: Bucket;
}

export const bucketGainsOf = ({ buckets, rows }: BucketAnalysis): BucketGain[] =>
  rows.flatMap(({ gain, domainAuc, domainMacroAuc, bucket, ...row }) => {
    const facts = buckets.find((one) => one.setting === row.setting && one.bucket === bucket);
    if (!gain || !facts) return [];
    const { interval, mean, pHolm, verdict } = gain;
    return [
      {
        ...cellKey(row),
        ...{ bucket, domainAuc: domainAuc.mean, domainMacroAuc: domainMacroAuc.mean, gain: mean },
        ...{ low: interval?.low ?? null, high: interval?.high ?? null, p: pHolm, verdict, facts },
      },
    ];
  });
