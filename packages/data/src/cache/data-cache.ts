import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '@mdctr/core';
import { arraysOf, type BagTable } from '../encode/bag-table.js';
import { sharedFloat32, sharedInt32, type EncodedData } from '../encode/encoded-data.js';
import { featureMapFromJson, featureMapToJson, type FeatureMapJson } from '../encode/feature-map.js';

/**
 * A cached data set is one file, KEY.encoded: these eight bytes, the length of the header (uint32), the header (JSON),
 * zeros up to a multiple of 8, the arrays of the header's order (int32 or float32, little-endian), and the SHA-256 of
 * everything before it.
 */
const MAGIC = Buffer.from('mdctrED1');
const HASH_BYTES = 32;
const ENDING = '.encoded';
const PIECE = 1 << 26;

interface Header {
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
    /** Of the pooled fields, by field: their arrays' lengths; absent where there are none. */
    readonly bags?: readonly (BagLengths | null)[];
  };
}

interface BagLengths {
  readonly bags: number;
  readonly elements: number;
  readonly weighted: boolean;
}

/** Where the data set of that key is kept. */
export const cachedPath = (folder: string, key: string): string => join(folder, key + ENDING);

/** The data set of that key; undefined if it is not there. A damaged file is removed, and so repaired by the next write. */
export async function readCached(folder: string, key: string): Promise<EncodedData | undefined> {
  const path = cachedPath(folder, key);
  const data = await readEncoded(path);
  if (data) {
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined); // the longest unused goes first
    return data;
  }
  await rm(path, { force: true }).catch(() => undefined); // the folder may be none
  return undefined;
}

/** The data set that a file holds; undefined if it is not there or damaged. */
export async function readEncoded(path: string): Promise<EncodedData | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return await decode(file);
  } catch {
    return undefined; // no such layout: damaged
  } finally {
    await file.close();
  }
}

/** Writes a labelled data set to a file that `readEncoded` reads. What only synthetic data have, `oracle`, is left out. */
export async function writeEncoded(path: string, data: EncodedData): Promise<void> {
  const parts = encodeParts(data);
  await writeWhole(path, (temporary) => writeHashed(temporary, parts));
}

async function decode(file: FileHandle): Promise<EncodedData | undefined> {
  const hash = createHash('sha256');
  let position = 0;
  const fill = async (bytes: Uint8Array): Promise<void> => {
    for (let begin = 0; begin < bytes.length; begin += PIECE) {
      const piece = bytes.subarray(begin, begin + PIECE);
      const { bytesRead } = await file.read(piece, 0, piece.length, position);
      if (bytesRead !== piece.length) throw new Error('cut short');
      hash.update(piece);
      position += piece.length;
    }
  };
  const start = Buffer.alloc(MAGIC.length + 4);
  await fill(start);
  const { size } = await file.stat();
  const headerLength = start.readUInt32LE(MAGIC.length);
  if (!start.subarray(0, MAGIC.length).equals(MAGIC) || headerLength > size) return undefined;
  const text = Buffer.alloc(padded(start.length + headerLength) - start.length);
  await fill(text);
  const { featureMap, warnings, rows, lengths } = JSON.parse(text.toString('utf8', 0, headerLength)) as Header;
  const ids = sharedInt32(lengths.ids);
  const [domains, labels] = [sharedInt32(rows), sharedFloat32(rows)];
  const splits = {
    train: sharedInt32(lengths.train),
    validation: sharedInt32(lengths.validation),
    test: sharedInt32(lengths.test),
  };
  const bags = lengths.bags?.map((of) => of ?? undefined).map((of) => of && sharedBags(of));
  const groups = lengths.groups === undefined ? undefined : sharedInt32(lengths.groups);
  for (const array of arrayOrder({ ids, domains, labels, splits, groups, bags })) await fill(bytesOf(array));
  const wanted = Buffer.alloc(HASH_BYTES);
  await file.read(wanted, 0, HASH_BYTES, position);
  if (size !== position + HASH_BYTES || !hash.digest().equals(wanted)) return undefined;
  const map = featureMapFromJson(featureMap);
  return {
    ...{ schema: map.schema, rows, ids, labels, domains, splits, featureMap: map, warnings },
    ...(groups && { groups }),
    ...(bags && { bags }),
  };
}

/**
 * Keeps a labelled data set, and removes the longest unused ones until all together take at most `maxBytes`. A cache
 * that cannot be written is no fault: the data are encoded again next time.
 */
export async function writeCached(folder: string, key: string, data: EncodedData, maxBytes: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const parts = encodeParts(data);
    const bytes = parts.reduce((sum, part) => sum + part.length, HASH_BYTES);
    if (bytes > maxBytes) return;
    await makeRoom(folder, maxBytes - bytes);
    await writeWhole(cachedPath(folder, key), (temporary) => writeHashed(temporary, parts));
  } catch {
    // As above.
  }
}

/** The parts, and the SHA-256 of them all. */
async function writeHashed(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for (const part of parts) {
      for (let begin = 0; begin < part.length; begin += PIECE) {
        const piece = part.subarray(begin, begin + PIECE);
        hash.update(piece);
        await file.write(piece);
      }
    }
    await file.write(hash.digest());
  } finally {
    await file.close();
  }
}

function encodeParts(data: EncodedData): Uint8Array[] {
  const { featureMap, warnings = [], rows, ids, bags, splits, groups } = data;
  const { train, validation, test } = splits;
  const lengths = {
    ids: ids.length,
    train: train.length,
    validation: validation.length,
    test: test.length,
    ...(groups && { groups: groups.length }),
    ...(bags && { bags: bags.map((table) => (table ? lengthsOf(table) : null)) }),
  };
  const header: Header = { featureMap: featureMapToJson(featureMap), warnings, rows, lengths };
  const text = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(padded(MAGIC.length + 4 + text.length));
  MAGIC.copy(start);
  start.writeUInt32LE(text.length, MAGIC.length);
  text.copy(start, MAGIC.length + 4);
  return [start, ...arrayOrder({ ...data, labels: data.labels! }).map(bytesOf)];
}

/** The arrays in the order of the file. */
function arrayOrder({
  ids,
  domains,
  labels,
  splits,
  groups,
  bags = [],
}: Pick<EncodedData, 'ids' | 'domains' | 'splits'> & {
  readonly labels: Float32Array;
  readonly groups?: EncodedData['groups'] | undefined;
  readonly bags?: EncodedData['bags'] | undefined;
}): (Int32Array | Float32Array)[] {
  const { train, validation, test } = splits;
  const own = bags.flatMap((table) => (table ? arraysOf(table) : []));
  return [ids, domains, labels, train, validation, test, ...(groups ? [groups] : []), ...own];
}

function lengthsOf({ starts, elements, weights }: BagTable): BagLengths {
  return { bags: starts.length - 1, elements: elements.length, weighted: weights !== undefined };
}

function sharedBags({ bags, elements, weighted }: BagLengths): BagTable {
  return {
    starts: sharedInt32(bags + 1),
    elements: sharedInt32(elements),
    ...(weighted && { weights: sharedFloat32(bags) }),
  };
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;
const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Removes cached data sets, the longest unused first, until the rest takes at most `most` bytes; and old leftovers. */
async function makeRoom(folder: string, most: number): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const facts = await stat(path).catch(() => undefined);
      return { path, name, size: facts?.size ?? 0, usedMs: facts?.mtimeMs ?? 0 };
    }),
  );
  const dayAgo = Date.now() - 86_400_000;
  for (const { path, name, usedMs } of files) {
    if (name.endsWith('.tmp') && usedMs < dayAgo) await rm(path, { force: true });
  }
  const kept = files.filter(({ name }) => name.endsWith(ENDING)).sort((a, b) => a.usedMs - b.usedMs);
  let total = kept.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of kept) {
    if (total <= most) return;
    await rm(path, { force: true });
    total -= size;
  }
}
