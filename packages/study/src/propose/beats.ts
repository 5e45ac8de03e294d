import { delongTest } from '@mdctr/statistics';

/** What a draft comes to. */
export interface Measured {
  /** On the rows that judge it; null where it is not defined, or its scores say less than the base rate does. */
  readonly auc: number | null;
  /** The rows that judge it, the same and in the same order for all drafts that are compared. */
  readonly rows?: { readonly scores: Float32Array; readonly labels: Float32Array };
  readonly seconds: number;
}

/** Less than this is no gain. */
const LEAST_GAIN = 0.0003;

/** Nor is what is less than this many of its standard errors over the rows: with few clicks, AUCs differ by chance. */
const STANDARD_ERRORS = 0.5;

/** Whether one draft is better than another by more than chance may well make it. */
export function beats(one: Measured, other: Measured): boolean {
  if (one.auc === null) return false;
  if (other.auc === null) return true;
  const gain = one.auc - other.auc;
  if (gain < LEAST_GAIN) return false;
  if (!one.rows || !other.rows) return true;
  return gain >= STANDARD_ERRORS * delongTest(one.rows.scores, other.rows.scores, one.rows.labels).standardError;
}
