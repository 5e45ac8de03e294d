import type { FeatureSchema, SplitName } from '@mdctr/core';
import type { BagTable } from './bag-table.js';
import type { FeatureMap } from './feature-map.js';

/** A data set as numbers. The arrays lie in shared memory, so that a worker can read them. */
export interface EncodedData {
  readonly schema: FeatureSchema;
  /** Number of rows, N. */
  readonly rows: number;
  /**
   * [N * F] row-major: the id of row i in field f at `i * F + f`; 0 is out of vocabulary. In a field that is pooled,
   * the number of its bag.
   */
  readonly ids: Int32Array;
  /** [F] the bags of the fields that are pooled, undefined for the others; absent where no field is. */
  readonly bags?: readonly (BagTable | undefined)[];
  /** [N] 0 or 1; absent where the input has no label column (prediction). */
  readonly labels?: Float32Array;
  /** [N] domain ids; 0 is a domain never seen in training. */
  readonly domains: Int32Array;
  /** Row numbers of each split, ascending. With `holdOut` and with folds some rows are in none. */
  readonly splits: Readonly<Record<SplitName, Int32Array>>;
  /** [N] group of each row by `gaucBy`, from 0; -1 for rows without a value. Absent where no column is named. */
  readonly groups?: Int32Array;
  /** [N] what each row counts in the training loss, 1 on average over the training rows. Absent where no column is named. */
  readonly weights?: Float32Array;
  readonly featureMap: FeatureMap;
  /** [N] true click probabilities; synthetic data only. */
  readonly oracle?: Float32Array;
  /** What a user should know of these data, one sentence each. */
  readonly warnings?: readonly string[];
  /** The file of the cache that holds them; absent where they are not kept. */
  readonly cachedAt?: string;
}
