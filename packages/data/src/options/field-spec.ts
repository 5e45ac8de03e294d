import type { Pooling } from '@mdctr/core';
import type { EncodingOption, ListOption } from './field-options.js';

type Option<K extends EncodingOption['kind']> = Extract<EncodingOption, { kind: K }>;

/** Mean and standard deviation of the training rows' numbers; 1 where all are equal. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** A number, with its scale after the logarithm, where it is standardised, and the least and most, where it is clipped. */
export type NumericEncoding = Option<'numeric'> &
  Partial<Scale> & { readonly range?: readonly [least: number, most: number] };

/** The least number, the edges between the parts, and the largest number. */
export type PiecewiseEncoding = Option<'piecewise'> & { readonly edges?: readonly number[] };

/** A target mean, with the scales of its two numbers. */
export type TargetMeanEncoding = Option<'targetMean'> & {
  readonly scales?: { readonly logit: Scale; readonly count: Scale };
};

/** What values become, with what was learned from the training rows. */
export type Encoding =
  | Option<'hash'>
  | (Option<'quantiles'> & { readonly edges?: readonly number[] })
  | Option<'edges'>
  | NumericEncoding
  | PiecewiseEncoding
  | TargetMeanEncoding;

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
    case 'piecewise':
      return Math.max(1, (encoding.edges ?? []).length - 1) + 1; // no value, and an embedding a part
    case 'targetMean':
      return 3; // no value, the mean, the count
  }
}

/** How the field's vector is made; undefined where it is that of one id. */
export function poolingOf({ encoding, list }: FieldSpec): Pooling | undefined {
  switch (encoding?.kind) {
    case 'numeric':
    case 'piecewise':
    case 'targetMean':
      return 'scaled';
    case undefined:
    case 'hash':
    case 'quantiles':
    case 'edges':
      return list?.pooling;
  }
}

/** Whether a field's values are read as numbers. */
export function isNumeric({ encoding }: FieldSpec): boolean {
  return encoding !== undefined && encoding.kind !== 'hash' && encoding.kind !== 'targetMean';
}

/** Whether the artifact holds a vocabulary of the field. */
export function hasVocabulary({ encoding }: FieldSpec): boolean {
  return encoding === undefined;
}

/** Whether a field's numbers are means of the label. */
export const isTargetMean = (field: FieldSpec): field is FieldSpec & { readonly encoding: TargetMeanEncoding } =>
  field.encoding?.kind === 'targetMean';

/** The encoding of such a field. */
export const targetMeanOf = (field: FieldSpec): TargetMeanEncoding | undefined =>
  isTargetMean(field) ? field.encoding : undefined;
