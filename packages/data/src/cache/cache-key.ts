import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { Loading } from '../database/loading.js';
import type { DataOptions } from '../options/data-options.js';
import { expandPatterns } from '../read/expand-patterns.js';
import type { Input } from '../read/input.js';

/** Raised whenever the same input would be encoded, or written down, in another way. */
const ENCODING_VERSION = 4;

/** Files up to this size are hashed whole; of larger ones 16 blocks, spread evenly from the first byte to the last. */
const WHOLE = 64 << 20;
const BLOCKS = 16;
const BLOCK = 4 << 20;

/** A hash of everything that the encoded rows depend on; undefined where a file cannot be read. */
export async function cacheKey(loading: Loading, options: DataOptions, input: Input): Promise<string | undefined> {
  const paths = [
    input.files,
    input.splitFiles?.validation ?? [],
    input.splitFiles?.test ?? [],
    ...input.joins.map(({ files }) => files),
  ];
  try {
    const files = [];
    for (const group of paths) {
      const expanded = await expandPatterns(loading, group);
      files.push(await Promise.all(expanded.map(({ path }) => fingerprint(path))));
    }
    const facts = { version: ENCODING_VERSION, options, files };
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 40);
  } catch {
    return undefined; // reading the file says what is wrong with it
  }
}

/** Path, size, time of the last change, and a hash of the content. */
async function fingerprint(path: string): Promise<readonly unknown[]> {
  const { size, mtimeMs } = await stat(path);
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    const length = size <= WHOLE ? WHOLE / BLOCKS : BLOCK;
    const block = Buffer.alloc(length);
    for (let i = 0; i < BLOCKS; i++) {
      const position = size <= WHOLE ? i * length : Math.floor((i * (size - length)) / (BLOCKS - 1));
      const { bytesRead } = await file.read(block, 0, length, position);
      hash.update(block.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return [path, size, mtimeMs, hash.digest('hex')];
}
