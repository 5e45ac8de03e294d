import type { Pooling } from '@mdctr/core';
import type { EncodingOption, ListOption } from './field-options.js';

type Option<K extends EncodingOption['kind']> = Extract<EncodingOption, { kind: K }>;

/** What values become, with what was learned from the training rows. */
export type Encoding =
  | Option<'hash'>
  | (Option<'quantiles'> & { readonly edges?: readonly number[] })
  | Option<'edges'>
  /** Mean and standard deviation, after the logarithm where there is one; absent where not standardised. */
  | (Option<'numeric'> & { readonly mean?: number; readonly deviation?: number });

/** How a cell is a list of values. */
export type ListSpec = ListOption;

/** How one column becomes ids. */
export interface FieldSpec {
  readonly name: string;
  /** SQL over the raw columns; absent: the column of that name. */
  readonly expression?: string;
  /** Of a vocabulary: rarer values have no id of their own; absent for other encodings. */
  readonly minFrequency?: number;
  /** Absent: by a vocabulary. */
  readonly encoding?: Encoding;
  /** Absent: a cell is one value. */
  readonly list?: ListSpec;
}

/** Whether a field's ids stand for values as they are, so that it can be the domain or describe it. */
export function isCategory({ encoding, list }: FieldSpec): boolean {
  return !list && (encoding === undefined || encoding.kind === 'hash');
}

/** Number of a field's ids, that of no value included. */
export function sizeOf({ encoding }: FieldSpec, vocabulary: readonly string[]): number {
  switch (encoding?.kind) {
    case undefined:
      return vocabulary.length + 1;
    case 'hash':
      return encoding.buckets + 1;
    case 'quantiles':
    case 'edges':
      return (encoding.edges ?? []).length + 2;
    case 'numeric':
      return 2; // no value, and the embedding that is multiplied
  }
}

/** How the field's vector is made; undefined where it is that of one id. */
export function poolingOf({ encoding, list }: FieldSpec): Pooling | undefined {
  return list ? list.pooling : encoding?.kind === 'numeric' ? 'scaled' : undefined;
}

/** Whether a field's values are read as numbers. */
export function isNumeric({ encoding }: FieldSpec): boolean {
  return encoding !== undefined && encoding.kind !== 'hash';
}

/** Whether the artifact holds a vocabulary of the field. */
export function hasVocabulary({ encoding }: FieldSpec): boolean {
  return encoding === undefined;
}
