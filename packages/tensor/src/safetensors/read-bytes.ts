import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { damaged } from './damaged.js';

/** Bytes read in one call; the system takes less than 2 GiB at a time. */
const READ_BYTES = 1 << 30;

/** Some bytes of a file; it is opened anew, so that nobody has to close it. */
export function readPlace(file: string, begin: number, length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  const descriptor = openSync(file, 'r');
  try {
    for (let done = 0; done < length;) {
      const read = readSync(descriptor, bytes, done, Math.min(READ_BYTES, length - done), begin + done);
      if (read === 0) throw damaged(file, 'it became shorter while it was read.');
      done += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes.buffer;
}

/** Bytes of an open file from `begin` up to `end`. */
export async function readBytes(handle: FileHandle, begin: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - begin);
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(READ_BYTES, bytes.length - done);
    const { bytesRead } = await handle.read(bytes, done, length, begin + done);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    done += bytesRead;
  }
  return bytes.buffer;
}
