import { MdctrError } from '@mdctr/base';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Download } from '../recipe.js';
import type { LockEntry } from './lock.js';

/** Size and checksums of a file, in one pass. Digests are hexadecimal. */
export async function digests(path: string): Promise<{ bytes: number; sha256: string; md5: string }> {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    md5.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}

/**
 * Checks a file against the published checksum, and against the one first seen, and gives its entry for the lock.
 * `discard`: a file that fails is removed, since what is wrong cannot be continued.
 * @throws MdctrError MDCTR_DOWNLOAD_CHECKSUM.
 */
export async function verify(
  path: string,
  { url, checksum }: Download,
  before: LockEntry | undefined,
  discard: boolean,
): Promise<LockEntry> {
  const found = await digests(path);
  const wanted = checksum
    ? ([checksum.algorithm, checksum.digest, 'as published'] as const)
    : before && (['sha256', before.sha256, `as first seen on ${before.firstSeen}`] as const);
  if (wanted && found[wanted[0]] !== wanted[1].toLowerCase()) {
    if (discard) await rm(path, { force: true });
    throw new MdctrError('MDCTR_DOWNLOAD_CHECKSUM', {
      what: `${url} is not the file that it should be${discard ? '; what was downloaded is removed' : `: ${path}`}.`,
      expected: `${wanted[0]} ${wanted[1]} (${wanted[2]})`,
      found: `${wanted[0]} ${found[wanted[0]]}, ${found.bytes} bytes`,
      hint: discard
        ? 'Try again; if it stays so, the publisher has changed the file, or something between alters it.'
        : 'Remove this file to download it again.',
    });
  }
  return {
    url,
    bytes: found.bytes,
    sha256: found.sha256,
    published: checksum ? `${checksum.algorithm}:${checksum.digest}` : null,
    firstSeen: before?.firstSeen ?? new Date().toISOString().slice(0, 10),
  };
}
