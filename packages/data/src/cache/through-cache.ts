import type { EncodedData } from '../encode/encoded-data.js';
import type { LoadContext } from '../options/load-context.js';
import { cachedPath, readCached, writeCached } from './cache-folder.js';

/**
 * A data set from the cache, or a fresh one that is kept there.
 * @param keyOf the key of the data set as its files are now; undefined where it has none.
 */
export async function throughCache(
  { folder, maxBytes }: NonNullable<LoadContext['cache']>,
  keyOf: () => Promise<string | undefined>,
  fresh: () => Promise<EncodedData>,
): Promise<EncodedData> {
  const key = await keyOf();
  if (key === undefined) return fresh();
  const cachedAt = cachedPath(folder, key);
  const cached = await readCached(folder, key);
  if (cached) return { ...cached, cachedAt };
  const data = await fresh();
  // Files that changed in the meantime are not what the key says.
  if (key !== (await keyOf())) return data;
  await writeCached(folder, key, data, maxBytes);
  return { ...data, cachedAt };
}
