import { MdctrError, writeAtomic } from '@mdctr/base';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is known of one downloaded file. */
export interface LockEntry {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  /** `md5:...` as the publisher gives it and the file has it; null where none is published. */
  readonly published: string | null;
  /** Day on which this machine first had the file (UTC). */
  readonly firstSeen: string;
}

export type Lock = Readonly<Record<string, LockEntry>>;

export const LOCK_FILE = 'mdctr-data.lock.json';

/** The checksums of the files in a folder, by file name; empty where there are none. */
export async function readLock(folder: string): Promise<Lock> {
  const path = join(folder, LOCK_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return {};
  }
  try {
    return (JSON.parse(text) as { files: Lock }).files;
  } catch (cause) {
    throw new MdctrError('MDCTR_DOWNLOAD_CHECKSUM', {
      what: `The record of checksums ${path} is damaged.`,
      found: (cause as Error).message,
      hint: 'Remove it; the checksums are then recorded anew.',
      cause,
    });
  }
}

export async function writeLock(folder: string, lock: Lock): Promise<void> {
  const path = join(folder, LOCK_FILE);
  await writeAtomic(path, `${JSON.stringify({ version: 1, files: lock }, null, 2)}\n`);
}
