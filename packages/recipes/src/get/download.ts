import { MdctrError } from '@mdctr/base';
import { createWriteStream } from 'node:fs';
import { readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DownloadOptions {
  /** Called now and then; `total` is unknown where the server does not tell it. */
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
  /** Attempts after one that brought nothing at all. */
  readonly retries?: number;
  /** An attempt ends when nothing has come for so long. */
  readonly idleMs?: number;
  /** Before the second attempt; doubled for each further one. */
  readonly pauseMs?: number;
  /** Free bytes where a path lies. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * Downloads into `PART`, going on where an earlier call was cut off if the server allows it and still has the same file
 * (its ETag, or else the date of its last change, is kept in `PART.json`).
 * @throws MdctrError MDCTR_DOWNLOAD_FAILED, MDCTR_DOWNLOAD_SPACE.
 */
export async function download(url: string, part: string, options: DownloadOptions = {}): Promise<void> {
  const { retries = 5, pauseMs = 1000 } = options;
  let [fruitless, pause] = [0, pauseMs];
  for (;;) {
    const before = await sizeOf(part);
    try {
      await attempt(url, part, options);
      await rm(`${part}.json`, { force: true });
      return;
    } catch (error) {
      if (error instanceof MdctrError || isLocal(error)) throw error;
      const brought = (await sizeOf(part)) > before;
      [fruitless, pause] = brought ? [0, pauseMs] : [fruitless + 1, pause];
      if (fruitless > retries) throw unreachable(url, part, error as Error, await sizeOf(part));
      await sleep(pause);
      if (!brought) pause *= 2;
    }
  }
}

async function attempt(
  url: string,
  part: string,
  { onProgress, idleMs = 60_000, freeBytes = free }: DownloadOptions,
): Promise<void> {
  const validator = await readValidator(part, url);
  const have = validator === undefined ? 0 : await sizeOf(part);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error('nothing has come for a while')), idleMs);
  try {
    const response = await fetch(url, {
      signal: abort.signal,
      // Packed on the way, a file could not be continued.
      headers: {
        'accept-encoding': 'identity',
        ...(have > 0 && { range: `bytes=${have}-`, 'if-range': validator! }),
      },
    });
    const continued = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`);
    if (response.status === 416 || (response.status === 206 && !continued)) {
      await rm(part, { force: true });
      throw new Error('the file on the server has changed');
    }
    if (!response.ok || !response.body) refuse(url, response);
    const start = continued ? have : 0;
    const length = response.headers.get('content-length');
    const total = length === null ? undefined : start + Number(length);
    if (total !== undefined) await requireSpace(part, total - start, freeBytes);
    await writeValidator(part, url, response.headers);
    let done = start;
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          timer.refresh();
          done += chunk.length;
          onProgress?.(done, total);
          yield chunk;
        }
      },
      createWriteStream(part, { flags: continued ? 'a' : 'w' }),
    );
    if (total !== undefined && done !== total) throw new Error(`${done} of ${total} bytes came`);
  } finally {
    clearTimeout(timer);
  }
}

/** A status that no further attempt will change is final; the others are worth a try. */
function refuse(url: string, { status, statusText }: Response): never {
  if (status >= 500 || status === 429 || status === 408) throw new Error(`the server answers ${status} ${statusText}`);
  throw new MdctrError('MDCTR_DOWNLOAD_FAILED', {
    what: `${url} cannot be downloaded.`,
    expected: 'an answer 200 or 206 of the server',
    found: `${status} ${statusText}`.trim(),
    hint: 'Look at the page of the data set (npx mdctr data show NAME) for another address, download it by hand, and name it with --from FILE.',
  });
}

function unreachable(url: string, part: string, error: Error, have: number): MdctrError {
  const cause = error.cause instanceof Error ? error.cause : error;
  return new MdctrError('MDCTR_DOWNLOAD_FAILED', {
    what: `${url} cannot be downloaded: the connection fails again and again.`,
    found: `${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}`.trim(),
    hint:
      have > 0
        ? `Run the command again later: ${part} has ${have} bytes, and it goes on from there.`
        : 'Check the network; or download it elsewhere, and name it with --from FILE.',
    cause: error,
  });
}

async function requireSpace(
  part: string,
  bytes: number,
  freeBytes: (folder: string) => Promise<number>,
): Promise<void> {
  const room = await freeBytes(dirname(part));
  if (room >= bytes) return;
  throw new MdctrError('MDCTR_DOWNLOAD_SPACE', {
    what: `${dirname(part)} has no room for the download.`,
    expected: `${bytes} bytes free`,
    found: `${room} bytes free`,
    hint: 'Free some space, or name a folder on another disk with --out.',
  });
}

async function free(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Errors of this machine's disk: the same on every attempt. */
const isLocal = (error: unknown): boolean =>
  ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'EDQUOT', 'EFBIG'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;

async function readValidator(part: string, url: string): Promise<string | undefined> {
  try {
    const kept = JSON.parse(await readFile(`${part}.json`, 'utf8')) as { url: string; validator?: string };
    return kept.url === url ? kept.validator : undefined;
  } catch {
    return undefined;
  }
}

async function writeValidator(part: string, url: string, headers: Headers): Promise<void> {
  const etag = headers.get('etag');
  const validator = etag && !etag.startsWith('W/') ? etag : headers.get('last-modified');
  await writeFile(`${part}.json`, JSON.stringify({ url, ...(validator && { validator }) }));
}
