import { isNoise, type TableRow } from '@mdctr/report';

/** What the table says of a gain beside its mean, as far as its results have it. */
export interface GainFacts {
  /** Interval of the mean, and its level, e.g. 0.95. */
  readonly interval?: { readonly level: number; readonly low: number; readonly high: number };
  /** Two-sided p value of the paired differences. */
  readonly p?: number;
  /** The same, corrected for the number of comparisons. */
  readonly pAdjusted?: number;
  /** In words. */
  readonly verdict?: string;
  /** How tables mark it. */
  readonly mark: string;
}

const MARKS: Readonly<Record<string, string>> = {
  better: '↑',
  worse: '↓',
  'no difference shown': '~',
  'too few seeds': '?',
};

/** Results of an older version have fewer of these facts; a report of them shows those. */
type Given = Partial<Record<'p' | 'pHolm' | 'pAdjusted', number | null>> & {
  readonly interval?: GainFacts['interval'] | null;
  readonly verdict?: string | null;
};

export function gainFacts(gain: NonNullable<TableRow['gain']>): GainFacts {
  const { interval, p, pHolm, pAdjusted, verdict } = gain as Given;
  const adjusted = pHolm ?? pAdjusted;
  return {
    ...(interval && { interval }),
    ...(typeof p === 'number' && { p }),
    ...(typeof adjusted === 'number' && { pAdjusted: adjusted }),
    ...(verdict && { verdict }),
    mark: verdict ? (MARKS[verdict] ?? '') : isNoise(gain) ? '~' : '',
  };
}
