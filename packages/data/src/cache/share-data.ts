import { link } from 'node:fs/promises';
import type { EncodedData } from '../encode/encoded-data.js';
import { toEncodedFile, writeEncoded } from './write-encoded.js';

/**
 * Puts labelled data where other processes read them (`readEncoded`). A file of the cache is linked, where the file
 * system can: it then stays, whatever becomes of the cache. `path` must be free.
 */
export async function shareData(path: string, data: EncodedData): Promise<void> {
  if (data.cachedAt !== undefined) {
    const linked = await link(data.cachedAt, path).then(
      () => true,
      () => false,
    );
    if (linked) return;
  }
  await writeEncoded(path, toEncodedFile(data));
}
