/**
 * How the embedding rows of a field are combined to one vector: the mean or the sum of the rows of a list, their weighted
 * mean with learned weights (`attention`), or a sum of rows times numbers (`scaled`): one for a number, two for a target
 * mean, up to one a part for a piecewise-linear encoding.
 */
export type Pooling = 'mean' | 'sum' | 'attention' | 'scaled';

/**
 * One input column after encoding. Ids run from 0 to `size - 1`. Id 0 is the out-of-vocabulary id: it stands for values
 * that are missing, rarer than the minimum frequency, or absent from the training split.
 */
export interface Field {
  readonly name: string;
  /** Number of ids, at least 1: the out-of-vocabulary id counts. */
  readonly size: number;
  /** First row of this field in a table with the rows of all fields in sequence. */
  readonly offset: number;
  /** Absent for a field with one id per sample, whose vector is the row of that id. */
  readonly pooling?: Pooling;
  /**
   * True if the field's bags are target means, of two elements: id 1 times the standardised logit of the mean, id 2 times the
   * standardised logarithm of its rows; the bag of an empty list has none. Absent for all others.
   */
  readonly targetMean?: true;
}

/**
 * Fields and domains of encoded data. Fields keep the order of the config. A sample has one id for each field, or a bag of
 * ids if the field is pooled.
 */
export interface FeatureSchema {
  readonly fields: readonly Field[];
  /**
   * Names of the fields that form the domain (x^d) or describe it. Their values are the same for all rows of a domain.
   * Each is one of `fields`.
   */
  readonly domainFields: readonly string[];
  /**
   * Names of further fields that determine the domain, e.g. the page if domains are groups of pages. Backbones treat them
   * as ordinary fields. Absent if there are none.
   */
  readonly domainSources?: readonly string[];
  /**
   * Label of each domain, by domain id. A domain is a distinct combination of the domain fields' values seen in the
   * training split (values joined by ` x `). Id 0 is the domain of combinations never seen in training, `(unseen)`.
   */
  readonly domains: readonly string[];
}

/** Total number of ids of all fields: the number of rows of an embedding table for all of them. */
export function totalIds(schema: FeatureSchema): number {
  return schema.fields.reduce((sum, field) => sum + field.size, 0);
}
