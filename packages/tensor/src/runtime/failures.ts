import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJsonAtomic } from '@mdctr/base';
import { readJson } from './cache.js';
import { compilerTools } from './setup-compiled.js';
import { TierUnavailable, type Tier, type TierFailure } from './tiers.js';

const RETRY_AFTER_MS = 7 * 24 * 3600_000;

const failureFile = (cacheDir: string, tier: Tier): string => join(cacheDir, `failed-${tier}.json`);

const toolsPresent = (): string => Object.keys(compilerTools()).join(' ');

/**
 * A tier that failed lately is not tried again at every start, unless the machine has changed.
 * @throws TierUnavailable with the reason of then.
 */
export async function refuseRepetition(tier: Tier, cacheDir: string, repair: boolean): Promise<void> {
  const failure = await readJson<TierFailure>(failureFile(cacheDir, tier));
  if (!failure || repair) return;
  const old = Date.now() - Date.parse(failure.at) > RETRY_AFTER_MS;
  if (!old && failure.tools === toolsPresent()) throw new KnownFailure(failure);
}

class KnownFailure extends TierUnavailable {
  constructor(readonly failure: TierFailure) {
    super(failure.reason);
  }
}

export async function remember(tier: Tier, cacheDir: string, error: Error): Promise<TierFailure> {
  if (error instanceof KnownFailure) return error.failure;
  const failure = { tier, reason: error.message, at: new Date().toISOString(), tools: toolsPresent() };
  // A cache that cannot be written costs the next start a new try, nothing else.
  await mkdir(cacheDir, { recursive: true })
    .then(() => writeJsonAtomic(failureFile(cacheDir, tier), failure))
    .catch(() => undefined);
  return failure;
}

/** What to do so that a native tier can be set up. */
export function remedy(failures: readonly TierFailure[]): string {
  if (failures.some(({ reason }) => /EACCES|EROFS|EPERM|ENOTDIR|ENOENT: .*mkdir/.test(reason)))
    return 'set MDCTR_CACHE_DIR to a folder that can be written to, then run `npx mdctr doctor --repair`.';
  if (failures.some(({ reason }) => /ENOSPC/.test(reason)))
    return 'free 2 GB where the cache lies (MDCTR_CACHE_DIR names another place), then run `npx mdctr doctor --repair`.';
  return 'install Python 3 with pip and a C++ compiler (g++), then run `npx mdctr doctor --repair`.';
}
