import type { FileHandle } from 'node:fs/promises';
import { damaged } from './damaged.js';
import { readBytes } from './read-bytes.js';

/** Where an array lies, behind the header. */
export interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** Reads and checks the header of a file. */
export async function readHeader(
  handle: FileHandle,
  file: string,
): Promise<{ header: Record<string, HeaderEntry>; headerEnd: number; size: number }> {
  const { size } = await handle.stat();
  if (size < 8) throw damaged(file, `the file has ${size} bytes, too few for a header.`);
  const headerEnd = 8 + Number(Buffer.from(await readBytes(handle, 0, 8)).readBigUInt64LE(0));
  if (headerEnd > size) throw damaged(file, `the header ends at byte ${headerEnd}, the file at byte ${size}.`);
  try {
    const text = Buffer.from(await readBytes(handle, 8, headerEnd)).toString('utf8');
    return { header: JSON.parse(text) as Record<string, HeaderEntry>, headerEnd, size };
  } catch (cause) {
    throw damaged(file, `the header is not JSON (${(cause as Error).message}).`);
  }
}
