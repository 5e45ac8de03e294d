/**
 * How a field's vector is made of rows of its table: by the mean or the sum of the rows of a list's elements, by their mean
 * with learned weights (`attention`), or by one row times a number (`scaled`).
 */
export type Pooling = 'mean' | 'sum' | 'attention' | 'scaled';

/**
 * One input column after encoding. Ids run from 0 to `size - 1`; id 0 is the out-of-vocabulary id: values that are
 * missing, rarer than the minimum frequency, or never seen in the training split.
 */
export interface Field {
  readonly name: string;
  /** Number of ids, the out-of-vocabulary id included (so at least 1). */
  readonly size: number;
  /** First row of this field in a table that holds the rows of all fields one after the other. */
  readonly offset: number;
  /** Absent: the vector is the row of the one id that a sample has. */
  readonly pooling?: Pooling;
}

/**
 * What the encoded data consist of. Fields keep the order of the config. A sample has one id for each field, and a bag of
 * ids for each pooled field.
 */
export interface FeatureSchema {
  readonly fields: readonly Field[];
  /**
   * Names of the fields that make up the domain (x^d), and of those that describe it (the same for all rows of a
   * domain); each of them is one of `fields`.
   */
  readonly domainFields: readonly string[];
  /**
   * Names of further fields that tell the domain, because it was made of them (e.g. the pages that a group of pages was
   * made of); to a backbone they are ordinary fields. Absent where there are none.
   */
  readonly domainSources?: readonly string[];
  /**
   * Label of each domain, by domain id. A domain is a distinct combination of the domain fields' values seen in the
   * training split (values joined by ` x `). Id 0 is the domain of combinations never seen in training, `(unseen)`.
   */
  readonly domains: readonly string[];
}

/** Rows of all fields together: the height of one embedding table that serves them all. */
export function totalIds(schema: FeatureSchema): number {
  return schema.fields.reduce((sum, field) => sum + field.size, 0);
}
