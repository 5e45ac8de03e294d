import { writeJsonAtomic } from '@mdctr/base';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VERSIONS, type Tier } from './tiers.js';

/** One file of an installed tier, as the manifest records it. */
interface InstalledFile {
  readonly name: string;
  readonly bytes: number;
  /** Time of the last change, ms since 1970; another one makes the content suspect. */
  readonly modifiedMs: number;
  readonly sha256: string;
}

/** Written last: a folder without it is not installed. */
export interface SetupManifest {
  readonly tier: Tier;
  readonly tensorflowVersion: string;
  readonly setupMs: number;
  readonly files: readonly InstalledFile[];
}

const MANIFEST = 'manifest.json';

/** @internal Where set-ups are kept: MDCTR_CACHE_DIR, else $XDG_CACHE_HOME/mdctr, else ~/.cache/mdctr. */
export function defaultCacheDir(): string {
  const { MDCTR_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  return MDCTR_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'mdctr');
}

/** The folder of one tier; other platforms and versions have folders of their own. */
export function tierDir(cacheDir: string, tier: Tier): string {
  const version = tier === 'prebuilt' ? VERSIONS.prebuiltTensorflow : VERSIONS.wheelTensorflow;
  return join(cacheDir, `tfjs-${VERSIONS.tfjs}-${process.platform}-${process.arch}`, `${tier}-${version}`);
}

/** The manifest if every file is there with its size, else undefined. Cheap enough for every start. */
export function installedManifest(dir: string): SetupManifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')) as SetupManifest;
    const whole = manifest.files.every(({ name, bytes }) => statSync(join(dir, name)).size === bytes);
    return whole ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file was written to since it was installed: then its size alone says too little. */
export function touchedSince(dir: string, { files }: SetupManifest): boolean {
  return files.some(({ name, modifiedMs }) => statSync(join(dir, name)).mtimeMs !== modifiedMs);
}

/**
 * Whether all files have the checksums of the manifest; reads every byte (565 MB, some seconds). If so, the manifest
 * takes over their present times, so that this is done once and not at every start.
 */
export async function verifyInstalled(dir: string, manifest: SetupManifest): Promise<boolean> {
  for (const { name, sha256 } of manifest.files) {
    if ((await hashFile(join(dir, name), 'sha256', 'hex')) !== sha256) return false;
  }
  if (touchedSince(dir, manifest)) {
    const files = manifest.files.map((file) => ({ ...file, modifiedMs: statSync(join(dir, file.name)).mtimeMs }));
    await writeJsonAtomic(join(dir, MANIFEST), { ...manifest, files });
  }
  return true;
}

/** Records the files of a finished set-up and moves the folder into place as a whole. */
export async function install(staging: string, dir: string, manifest: Omit<SetupManifest, 'files'>, names: string[]) {
  const files: InstalledFile[] = [];
  for (const name of names) {
    const path = join(staging, name);
    const { size: bytes, mtimeMs: modifiedMs } = await stat(path);
    files.push({ name, bytes, modifiedMs, sha256: await hashFile(path, 'sha256', 'hex') });
  }
  await writeFile(join(staging, MANIFEST), JSON.stringify({ ...manifest, files }, null, 2));
  await rm(dir, { recursive: true, force: true });
  await rename(staging, dir);
}

/** Checksum of a file, read in pieces. */
export async function hashFile(path: string, algorithm: string, encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest(encoding);
}

/** A JSON file of small facts, replaced as a whole. Unreadable content counts as none. */
export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/**
 * Runs `body` while no other process does, so that two first starts don't download twice. A lock whose owner is gone,
 * or that is older than a set-up can take, is taken over.
 */
export async function withLock<T>(cacheDir: string, onWait: () => void, body: () => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  const lock = join(cacheDir, 'setup.lock');
  for (let waited = 0; ; waited++) {
    try {
      const handle = await open(lock, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (await isStale(lock)) await rm(lock, { force: true });
      else {
        if (waited === 0) onWait();
        await sleep(500);
      }
    }
  }
  try {
    return await body();
  } finally {
    await rm(lock, { force: true });
  }
}

async function isStale(lock: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(lock)).mtimeMs;
    const pid = Number(await readFile(lock, 'utf8'));
    if (age > 15 * 60_000) return true;
    if (!pid) return age > 5_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
