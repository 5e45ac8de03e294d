import { createWriteStream } from 'node:fs';
import { hashFile } from './cache.js';
import { TierUnavailable } from './tiers.js';

/** How long a host may take: to answer at all, and between two pieces of data. */
const CONNECT_MS = 8_000;
const STALL_MS = 15_000;

export interface DownloadProgress {
  (receivedBytes: number, totalBytes: number | undefined): void;
}

/**
 * Downloads a file. Checked against the MD5 that the storage host announces (`x-goog-hash`), or the length where it
 * announces none.
 * @throws TierUnavailable when the host does not answer in time, stalls, refuses, or the content is damaged.
 */
export async function download(url: string, file: string, progress: DownloadProgress): Promise<void> {
  const { host } = new URL(url);
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), CONNECT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new TierUnavailable(`${host} answered ${response.status}`);
    const total = Number(response.headers.get('content-length')) || undefined;
    const output = createWriteStream(file);
    let received = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), STALL_MS);
      received += chunk.length;
      if (!output.write(chunk)) await new Promise<void>((resume) => output.once('drain', () => resume()));
      progress(received, total);
    }
    await new Promise<void>((resolve, reject) =>
      output.end((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    if (total !== undefined && received !== total)
      throw new TierUnavailable(`${host} sent ${received} of ${total} bytes`);
    const md5 = /md5=([^,\s]+)/.exec(response.headers.get('x-goog-hash') ?? '')?.[1];
    if (md5 && (await hashFile(file, 'md5', 'base64')) !== md5)
      throw new TierUnavailable(`checksum of ${url} is wrong`);
  } catch (error) {
    if (error instanceof TierUnavailable) throw error;
    const why = abort.signal.aborted ? 'does not answer in time' : `cannot be reached (${causeOf(error)})`;
    throw new TierUnavailable(`${host} ${why}`);
  } finally {
    clearTimeout(timer);
  }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
