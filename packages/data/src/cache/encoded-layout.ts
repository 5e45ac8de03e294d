import { arraysOf, type BagTable } from '../encode/bag-table.js';
import type { EncodedData } from '../encode/encoded-data.js';
import { type FeatureMapJson, featureMapToJson } from '../encode/feature-map-json.js';
import { sharedFloat32, sharedInt32 } from '../encode/shared-arrays.js';

/**
 * The layout of a file that holds an encoded data set: these eight bytes, the length of the header (uint32), the header
 * (JSON), zeros up to a multiple of 8, the arrays in the order of `arraysInOrder` (int32 or float32, little-endian),
 * and the SHA-256 of everything before it.
 */
export const MAGIC = Buffer.from('mdctrED1');
export const HASH_BYTES = 32;

/** Bytes that are read or written, and hashed, at a time. */
export const PIECE = 1 << 26;

export interface Header {
  readonly featureMap: FeatureMapJson;
  readonly warnings: readonly string[];
  readonly rows: number;
  readonly lengths: {
    readonly ids: number;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
    /** Absent where rows have no groups. */
    readonly groups?: number;
    /** Whether rows have weights. */
    readonly weighted?: boolean;
    /** Of the pooled fields, by field: their arrays' lengths; absent where there are none. */
    readonly bags?: readonly (BagLengths | null)[];
  };
}

interface BagLengths {
  readonly bags: number;
  readonly elements: number;
  readonly weighted: boolean;
}

/** The arrays of a data set that a file holds. */
export interface EncodedArrays extends Pick<EncodedData, 'ids' | 'domains' | 'splits' | 'groups' | 'weights' | 'bags'> {
  readonly labels: Float32Array;
}

/** The header of a data set. */
export function headerOf({ featureMap, warnings = [], rows, ids, bags, splits, groups, weights }: EncodedData): Header {
  const { train, validation, test } = splits;
  const lengths = {
    ids: ids.length,
    train: train.length,
    validation: validation.length,
    test: test.length,
    ...(groups && { groups: groups.length }),
    ...(weights && { weighted: true }),
    ...(bags && { bags: bags.map((table) => (table ? lengthsOf(table) : null)) }),
  };
  return { featureMap: featureMapToJson(featureMap), warnings, rows, lengths };
}

/** Empty arrays of the lengths that a header says. */
export function emptyArrays({ rows, lengths }: Header): EncodedArrays {
  const bags = lengths.bags?.map((of) => (of ? emptyBags(of) : undefined));
  return {
    ids: sharedInt32(lengths.ids),
    domains: sharedInt32(rows),
    labels: sharedFloat32(rows),
    splits: {
      train: sharedInt32(lengths.train),
      validation: sharedInt32(lengths.validation),
      test: sharedInt32(lengths.test),
    },
    ...(lengths.groups !== undefined && { groups: sharedInt32(lengths.groups) }),
    ...(lengths.weighted && { weights: sharedFloat32(rows) }),
    ...(bags && { bags }),
  };
}

/** The bytes of the arrays, in the order of the file. */
export function arraysInOrder({
  ids,
  domains,
  labels,
  splits,
  groups,
  weights,
  bags = [],
}: EncodedArrays): Uint8Array[] {
  const { train, validation, test } = splits;
  const ofBags = bags.flatMap((table) => (table ? arraysOf(table) : []));
  return [
    ids,
    domains,
    labels,
    train,
    validation,
    test,
    ...(groups ? [groups] : []),
    ...(weights ? [weights] : []),
    ...ofBags,
  ].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
}

/** The smallest multiple of 8 that is not below. */
export const padded = (length: number): number => Math.ceil(length / 8) * 8;

function lengthsOf({ starts, elements, weights }: BagTable): BagLengths {
  return { bags: starts.length - 1, elements: elements.length, weighted: weights !== undefined };
}

function emptyBags({ bags, elements, weighted }: BagLengths): BagTable {
  return {
    starts: sharedInt32(bags + 1),
    elements: sharedInt32(elements),
    ...(weighted && { weights: sharedFloat32(elements) }),
  };
}
