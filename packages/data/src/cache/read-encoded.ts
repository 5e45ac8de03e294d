import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { EncodedData } from '../encode/encoded-data.js';
import { featureMapFromJson } from '../encode/feature-map-json.js';
import { arraysInOrder, emptyArrays, HASH_BYTES, type Header, MAGIC, padded, PIECE } from './encoded-layout.js';

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

async function decode(file: FileHandle): Promise<EncodedData | undefined> {
  const reader = new HashingReader(file);
  const start = Buffer.alloc(MAGIC.length + 4);
  await reader.fill(start);
  const { size } = await file.stat();
  const headerLength = start.readUInt32LE(MAGIC.length);
  if (!start.subarray(0, MAGIC.length).equals(MAGIC) || headerLength > size) return undefined;
  const text = Buffer.alloc(padded(start.length + headerLength) - start.length);
  await reader.fill(text);
  const header = JSON.parse(text.toString('utf8', 0, headerLength)) as Header;
  const arrays = emptyArrays(header);
  for (const bytes of arraysInOrder(arrays)) await reader.fill(bytes);
  if (size !== reader.position + HASH_BYTES || !(await reader.hashFits())) return undefined;
  const { rows, warnings } = header;
  const featureMap = featureMapFromJson(header.featureMap);
  return { schema: featureMap.schema, rows, ...arrays, featureMap, warnings };
}

/** Reads a file from its begin, and hashes what it reads. */
class HashingReader {
  private readonly hash = createHash('sha256');
  position = 0;

  constructor(private readonly file: FileHandle) {}

  /** Fills all of `bytes`. */
  async fill(bytes: Uint8Array): Promise<void> {
    for (let begin = 0; begin < bytes.length; begin += PIECE) {
      const piece = bytes.subarray(begin, begin + PIECE);
      const { bytesRead } = await this.file.read(piece, 0, piece.length, this.position);
      if (bytesRead !== piece.length) throw new Error('cut short');
      this.hash.update(piece);
      this.position += piece.length;
    }
  }

  /** Whether the next bytes are the hash of all before. */
  async hashFits(): Promise<boolean> {
    const wanted = Buffer.alloc(HASH_BYTES);
    await this.file.read(wanted, 0, HASH_BYTES, this.position);
    return this.hash.digest().equals(wanted);
  }
}
