import { VERDICT_MARKS, type Gain } from '@mdctr/report';

/** What the table says of a gain beside its mean, as far as there are seeds enough for it. */
export interface GainFacts {
  /** Interval of the mean, and its level, e.g. 0.95. */
  readonly interval?: { readonly level: number; readonly low: number; readonly high: number };
  /** Two-sided p value of the paired differences. */
  readonly p?: number;
  /** The same, corrected for the number of comparisons. */
  readonly pAdjusted?: number;
  /** In words. */
  readonly verdict: string;
  /** How tables mark it. */
  readonly mark: string;
}

export function gainFacts({ interval, p, pHolm, verdict }: Gain): GainFacts {
  return {
    ...(interval && { interval }),
    ...(p !== null && { p }),
    ...(pHolm !== null && { pAdjusted: pHolm }),
    verdict,
    mark: VERDICT_MARKS[verdict],
  };
}
