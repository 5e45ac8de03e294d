import { writeAtomic } from '@mdctr/base';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { EncodedData } from '../encode/encoded-data.js';
import { arraysInOrder, HASH_BYTES, headerOf, MAGIC, padded, PIECE } from './encoded-layout.js';

/** A labelled data set as the bytes of a file, without their hash. */
export interface EncodedFile {
  readonly parts: readonly Uint8Array[];
  /** Length of the file, its hash included. */
  readonly bytes: number;
}

/** What only synthetic data have, `oracle`, is left out. */
export function toEncodedFile(data: EncodedData): EncodedFile {
  const text = Buffer.from(JSON.stringify(headerOf(data)));
  const start = Buffer.alloc(padded(MAGIC.length + 4 + text.length));
  MAGIC.copy(start);
  start.writeUInt32LE(text.length, MAGIC.length);
  text.copy(start, MAGIC.length + 4);
  const parts = [start, ...arraysInOrder({ ...data, labels: data.labels! })];
  return { parts, bytes: parts.reduce((sum, part) => sum + part.length, HASH_BYTES) };
}

/** Writes a file that `readEncoded` reads; it appears as a whole or not at all. */
export async function writeEncoded(path: string, { parts }: EncodedFile): Promise<void> {
  await writeAtomic(path, (temporary) => writeHashed(temporary, parts));
}

/** Writes the parts, and the SHA-256 of them all. */
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
