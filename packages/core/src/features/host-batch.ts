import type { Bags } from './bags.js';
import type { FeatureSchema } from './feature-schema.js';

/**
 * A batch in host memory, as delivered by a batch source. Rows are **grouped by domain**, in ascending order of domain
 * ids, so that work that depends on the domain runs on slices or once per domain.
 */
export interface HostBatch {
  /** Number of rows, B. */
  readonly rows: number;
  /** [B] position of each row in the data set (its row number in the input file), for output in input order. */
  readonly order: Int32Array;
  /** [B] labels, 0 or 1. Absent in data without labels, for prediction. */
  readonly labels?: Float32Array;
  /** [B] what each row counts in the training loss. Absent where all count 1. */
  readonly weights?: Float32Array;
  /** [U] the distinct ids of the batch, as rows of the joint table (`field.offset + id`). */
  readonly uniqueIds: Int32Array;
  /**
   * [B * F] row-major. The entry `i * F + f` is the index of row i's id of field f in `uniqueIds`. For a pooled field, it
   * is U plus the number of the row's bag.
   */
  readonly inverse: Int32Array;
  /** Bags of the pooled fields. Absent if no field is pooled. */
  readonly bags?: Bags;
  /** [G] ids of the domains present, ascending. */
  readonly domainIds: Int32Array;
  /** [G + 1] the rows `domainStarts[g]` to `domainStarts[g + 1]`, the end excluded, belong to `domainIds[g]`. */
  readonly domainStarts: Int32Array;
}

/** @internal Which part of the data a pass runs over. */
export type SplitName = 'train' | 'validation' | 'test';

/** @internal Delivers batches, prefetched off the main thread; `close` ends the worker. */
export interface BatchSource {
  readonly schema: FeatureSchema;
  /** [N] by row number: a group of each row that metrics are taken within, e.g. its user; -1 for none. */
  readonly groups?: Int32Array | undefined;
  /** Rows in a split; 0 where the split is empty. */
  rows(split: SplitName): number;
  /**
   * One pass. With a `seed` the rows are shuffled by (seed, epoch), the last short batch is kept; without, they come
   * in input order, still grouped by domain inside each batch. The same arguments give the same batches, always.
   */
  batches(split: SplitName, options: BatchOptions): AsyncIterable<HostBatch>;
  /** Rows of a pass by domain id; of all domains that have some. */
  rowsByDomain(split: SplitName, options?: Pick<BatchOptions, 'sampling'>): ReadonlyMap<number, number>;
  /**
   * [rows of the joint table] how often the training rows have each id: as a value, and as an element of a list. The ids of a
   * number count once a row. Not to be written to.
   */
  occurrences(): Float64Array;
  /** How often the rows of a split were gone through, or begun to be, since the source was opened. */
  passes(split: SplitName): number;
  /** How many batches one such pass has. */
  count(split: SplitName, options: BatchOptions): number;
  close(): Promise<void>;
}

export interface BatchOptions {
  readonly batchSize: number;
  /** Only rows of this domain, by id. */
  readonly domain?: number;
  /**
   * `mixed` (default): rows of all domains. `single`: rows of one domain, each domain drawn with the probability of its
   * share of the rows that are left; every row still comes once, and a domain's last batch is what is left of it.
   */
  readonly domains?: 'mixed' | 'single';
  readonly shuffle?: { readonly seed: number; readonly epoch: number };
  /**
   * Rows of each domain in proportion to n_d^exponent for its n_d rows, in a shuffled pass of the same length: 0 is all
   * domains alike, 1 (as without) as they come.
   */
  readonly sampling?: { readonly exponent: number };
  /**
   * In a shuffled pass, each id is replaced by 0, that of unknown values, with this probability, drawn by (seed, epoch, row, field):
   * of plain fields, and of each element of a list. Fields that form, determine or describe the domain keep theirs.
   */
  readonly unknownRate?: number;
  /** Keeps each row of label 0 with the probability `rate`, drawn by (seed, epoch, row); those of label 1 all stay. */
  readonly negatives?: { readonly rate: number; readonly seed: number; readonly epoch: number };
  /** Leaves out this many batches at the beginning of the pass; the others are the same as without. */
  readonly skip?: number;
}
