import { join } from 'node:path';
import type { LoadContext } from '@mdctr/data';
import { defaultCacheDir } from '@mdctr/tensor';

const DEFAULT_MEBIBYTES = 10_240;

/** Where encoded data are kept, unless `--no-cache` is given: the folder `data` of the cache, up to MDCTR_DATA_CACHE_MIB. */
export function dataCache(enabled: boolean): LoadContext['cache'] {
  if (!enabled) return undefined;
  const mebibytes = Number(process.env.MDCTR_DATA_CACHE_MIB || DEFAULT_MEBIBYTES);
  return {
    folder: join(defaultCacheDir(), 'data'),
    maxBytes: (mebibytes >= 0 ? mebibytes : DEFAULT_MEBIBYTES) * 2 ** 20,
  };
}
