import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncodedData } from '../encode/encoded-data.js';
import { readEncoded } from './read-encoded.js';
import { toEncodedFile, writeEncoded } from './write-encoded.js';

/** A cached data set is the file KEY.encoded, laid out as in `encoded-file.ts`. */
const ENDING = '.encoded';

/** Where the data set of that key is kept. */
export const cachedPath = (folder: string, key: string): string => join(folder, key + ENDING);

/**
 * The data set of that key; undefined if it is not there. A damaged file is removed, and so repaired by the next write.
 */
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

/**
 * Keeps a labelled data set, and removes the longest unused ones until all together take at most `maxBytes`. A cache
 * that cannot be written is no fault: the data are encoded again next time.
 */
export async function writeCached(folder: string, key: string, data: EncodedData, maxBytes: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const file = toEncodedFile(data);
    if (file.bytes > maxBytes) return;
    await removeUnused(folder, maxBytes - file.bytes);
    await writeEncoded(cachedPath(folder, key), file);
  } catch {
    // As above.
  }
}

/** Removes cached data sets, the longest unused first, until the rest takes at most `most` bytes; and old leftovers. */
async function removeUnused(folder: string, most: number): Promise<void> {
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
