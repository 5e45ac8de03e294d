import { MdctrError, removeAtExit } from '@mdctr/base';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { openPromise } from 'yauzl';

export const isArchive = (path: string): boolean => /\.(zip|tar|tar\.gz|tgz)$/i.test(path);

/**
 * Unpacks an archive into a folder. It is unpacked beside its place first: what is in the folder afterwards is whole.
 * @throws MdctrError MDCTR_ARCHIVE_DAMAGED.
 */
export async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, '.unpacking-'));
  const release = removeAtExit(temporary);
  try {
    if (/\.zip$/i.test(archive)) await unzip(archive, temporary);
    else await extract({ file: archive, cwd: temporary, strict: true });
    for (const name of await readdir(temporary)) await put(join(temporary, name), join(folder, name));
  } catch (cause) {
    if (isOfTheDisk(cause)) throw cause;
    throw new MdctrError('MDCTR_ARCHIVE_DAMAGED', {
      what: `${archive} cannot be unpacked.`,
      expected: 'a whole .zip, .tar or .tar.gz archive',
      found: (cause as Error).message,
      hint: 'Remove it and get it again.',
      cause,
    });
  } finally {
    // A file may still be on its way to the disk when an archive fails.
    await rm(temporary, { recursive: true, force: true, maxRetries: 10 });
    release();
  }
}

async function unzip(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive, { autoClose: false });
  try {
    // Names that lead out of the folder are refused by the library.
    for await (const entry of zip.eachEntry()) {
      const path = join(folder, entry.fileName);
      if (entry.fileName.endsWith('/')) continue;
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
    }
  } finally {
    zip.close();
  }
}

/** Moves a file or folder to its place; what is there of a folder already stays beside it. */
async function put(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch {
    await cp(from, to, { recursive: true, force: true });
  }
}

const isOfTheDisk = (error: unknown): boolean =>
  ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
